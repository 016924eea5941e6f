import { createHash } from 'node:crypto';
import { disclosureMade, disclosureRepeated, type Actor, type Fact } from '@throughline/events';
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
 * One line of the ledger: disclosed data, recipient and basis. Only the count of equal reads changes.
 * Source: infra/reference/domain.md 3.10
 */
export interface DisclosureEntry {
  id: string;
  clientId: string;
  agencyId: string;
  referralId: string;
  disclosedAt: Date;
  /** The UTC hour of `disclosedAt`: the ledger is kept by month, and reads of one hour can be one line. */
  hour: Date;
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
  /** Equal for reads that are one line: of one hour, one reader, one version and the same released fields. */
  repeatKey: string | null;
  reads: number;
  lastReadAt: Date;
}

const hourMs = 60 * 60 * 1000;

/** The UTC hour of a time. */
export function hourOf(time: Date): Date {
  return new Date(Math.floor(time.getTime() / hourMs) * hourMs);
}

/** The end of the hour of a read: the next read begins a new line. */
export function endOfHour({ disclosedAt }: Pick<DisclosureEntry, 'disclosedAt'>): Date {
  return new Date(hourOf(disclosedAt).getTime() + hourMs);
}

/** The line of a read, countable: a partner that polls adds one line an hour for each thing that it sees. */
export function countable(entry: DisclosureEntry, referralVersion: number): DisclosureEntry {
  // The id and the times differ from read to read; the end of the hour takes their place.
  const released = { ...entry, id: null, disclosedAt: endOfHour(entry), lastReadAt: null };
  const what = JSON.stringify([released, referralVersion]);
  return { ...entry, repeatKey: createHash('sha256').update(what).digest('hex') };
}

/** How often a line was read within its hour. */
export function repeatedFact(
  { id: disclosureId, clientId, reads, lastReadAt }: DisclosureEntry,
  now: Date,
): Fact {
  return disclosureRepeated.of(clientId, now, {
    ...{ disclosureId, clientId, reads },
    lastReadAt: lastReadAt.toISOString(),
  });
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
