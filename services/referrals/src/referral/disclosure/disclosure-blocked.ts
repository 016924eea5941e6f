import type { Problem } from '@throughline/graphql';
import type { DenyCode, DisclosureDecision } from '@throughline/privacy';
import type { ClientRestriction } from '../consent/client-restriction.ts';
import { refusalOf, type Refusal } from './decide-release.ts';

/** No consent helps: the client blocks the agency, or restricts all disclosure. */
export interface DisclosureBlocked extends Problem {
  kind: 'DisclosureBlocked';
  reasons: Refusal[];
}

const blocking: ReadonlySet<DenyCode> = new Set(['SAFETY_BLOCK', 'RESTRICTED']);

/** Whether a decision is a block and not a missing consent. Source: infra/reference/domain.md 3.7 check 4, 3.7 check 5 */
export function blockOf(decision: DisclosureDecision): DisclosureBlocked | null {
  const codes = decision.kind === 'DENY' ? decision.codes.filter((code) => blocking.has(code)) : [];
  return codes.length > 0 ? disclosureBlocked(codes) : null;
}

/** The same from the copy of the limits of the client, which is known before a consent is read. */
export function blockFor(limits: ClientRestriction | null, agencyId: string): DisclosureBlocked | null {
  if (limits?.restrictAll) return disclosureBlocked(['RESTRICTED']);
  return limits?.blockedAgencyIds.includes(agencyId) ? disclosureBlocked(['SAFETY_BLOCK']) : null;
}

function disclosureBlocked(codes: readonly DenyCode[]): DisclosureBlocked {
  const message =
    'Nothing may be disclosed to this agency, and no consent changes that; choose another agency.';
  return { kind: 'DisclosureBlocked', message, reasons: codes.map(refusalOf) };
}
