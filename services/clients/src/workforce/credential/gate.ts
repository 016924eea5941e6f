import type { Moment } from '@throughline/privacy';
import type { StaffMember } from '../case-manager/case-manager.ts';
import { statusOf, type Credential, type CredentialType } from './credential.ts';

export type GateReason =
  'QUALIFIED' | 'TRAINEE' | 'CREDENTIAL_EXPIRED' | 'CREDENTIAL_WITHDRAWN' | 'NO_SUPERVISOR';

export interface Gate {
  isOpen: boolean;
  reason: GateReason;
}

/** A credential with its type. */
export interface Held {
  credential: Credential;
  type: CredentialType;
}

/**
 * Whether somebody may take new cases. One verified credential that qualifies is enough, also in its days of grace. Who
 * has none is a trainee and needs a supervisor; who lost the last one, or whose last one expired, takes none.
 * Source: infra/reference/domain.md 1.3.
 */
export function gateOf(
  { supervisorId }: Pick<StaffMember, 'supervisorId'>,
  held: readonly Held[],
  at: Moment,
): Gate {
  const states = held
    .filter(({ type }) => type.qualifies)
    .map(({ credential, type }) => statusOf(credential, type, at));
  const has = (...wanted: string[]) => states.some((state) => wanted.includes(state));
  if (has('VERIFIED', 'EXPIRING', 'EXPIRED_IN_GRACE')) return { isOpen: true, reason: 'QUALIFIED' };
  if (has('SUSPENDED', 'REVOKED')) return { isOpen: false, reason: 'CREDENTIAL_WITHDRAWN' };
  if (has('EXPIRED')) return { isOpen: false, reason: 'CREDENTIAL_EXPIRED' };
  return supervisorId ? { isOpen: true, reason: 'TRAINEE' } : { isOpen: false, reason: 'NO_SUPERVISOR' };
}

/** What would open the gate again. */
export const remedies: Record<GateReason, string> = {
  QUALIFIED: 'Nothing is needed.',
  TRAINEE: 'Nothing is needed.',
  CREDENTIAL_EXPIRED: 'A credential that qualifies must be renewed or added, and verified.',
  CREDENTIAL_WITHDRAWN: 'The credential must be reinstated, or another one added and verified.',
  NO_SUPERVISOR: 'A credential must be verified, or a supervisor named for the trainee.',
};
