import type { Problem } from '@throughline/graphql/problems';
import type { ReferralPriority } from '../referral/referral-record.ts';

/** Copy of a crisis whose danger is not over. */
export interface OpenCrisis {
  id: string;
  clientId: string;
  /** 1 = imminent. */
  level: number;
}

/** A danger to life is answered by the crisis workflow, never by a referral. */
export interface CrisisInstead extends Problem {
  kind: 'CrisisInstead';
  crisisId: string | null;
}

/**
 * The refusal of an EMERGENT referral for a client who is in imminent danger; null when there is no such crisis. Who may
 * not read alerts is refused, too, and does not learn which crisis it is. Source: infra/reference/domain.md 2.10, 4.4.
 */
export function crisisInsteadOf(
  priority: ReferralPriority | null | undefined,
  open: readonly OpenCrisis[],
  readsAlerts: boolean,
): CrisisInstead | null {
  const imminent = open.find(({ level }) => level === 1);
  if (priority !== 'EMERGENT' || !imminent) return null;
  return crisisInstead(readsAlerts ? imminent.id : null);
}

/** `crisisId` is null while the crisis is being opened, and for who may not read alerts. */
export function crisisInstead(crisisId: string | null): CrisisInstead {
  return {
    kind: 'CrisisInstead',
    message:
      'This is a danger to life: stay with the client, call 911 or 988, and work in the crisis. No referral was made.',
    crisisId,
  };
}
