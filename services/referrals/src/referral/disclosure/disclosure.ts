import { disclosureMade, type Actor, type Fact } from '@throughline/events';
import type {
  DataLabel,
  DisclosureDecision,
  FieldName,
  LabelBasis,
  Permit,
  PermitRedacted,
  Purpose,
} from '@throughline/privacy';

export type Released = Permit | PermitRedacted;
/** REFERRAL: by sending it; PARTNER_GRAPH: read by the partner. */
export type DisclosureChannel = 'REFERRAL' | 'PARTNER_GRAPH';

/**
 * One line of the ledger: disclosed data, recipient and basis. Never changed. Source: infra/reference/domain.md
 * 3.10.
 */
export interface DisclosureEntry {
  id: string;
  clientId: string;
  agencyId: string;
  referralId: string;
  disclosedAt: Date;
  labels: DataLabel[];
  fields: FieldName[];
  purpose: Purpose;
  legalBasis: LabelBasis[];
  consentIds: string[];
  noticeText: string | null;
  noticeVersion: string | null;
  scopeSummary: string;
  redisclosureRule: string;
  policyVersion: string;
  channel: DisclosureChannel;
  actorKind: Actor['kind'];
  actorId: string;
}

/**
 * Whether anything about the person is disclosed: an envelope to an agency whose kind discloses nothing does
 * not count.
 */
export function releasesPersonData(decision: DisclosureDecision): decision is Released {
  return (
    decision.kind !== 'DENY' &&
    (decision.labels.length > 0 || decision.fields.some((field) => !field.startsWith('referral.')))
  );
}

/** The line of the ledger as a fact for the accounting of the client: codes only. */
export function disclosureFact(entry: DisclosureEntry): Fact {
  const [first] = entry.legalBasis;
  return disclosureMade.of(entry.clientId, entry.disclosedAt, {
    disclosureId: entry.id,
    clientId: entry.clientId,
    agencyId: entry.agencyId,
    referralId: entry.referralId,
    disclosedAt: entry.disclosedAt.toISOString(),
    labels: entry.labels,
    fields: entry.fields,
    purpose: entry.purpose,
    basis: first?.basis ?? 'CONSENT',
    consentIds: entry.consentIds,
    noticeVersion: entry.noticeVersion,
    channel: entry.channel,
  });
}
