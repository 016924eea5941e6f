import { createHash } from 'node:crypto';

/** One line of a client's accounting of disclosures. Source: infra/reference/domain.md 3.10. */
export interface DisclosureRecord {
  id: string;
  clientId: string;
  /** Number within the ledger of the client, from 1, without gaps. */
  sequence: number;
  agencyId: string;
  referralId: string | null;
  disclosedAt: Date;
  labels: string[];
  fields: string[];
  purpose: string;
  basis: string;
  consentIds: string[];
  noticeVersion: string | null;
  channel: string;
  actorKind: string;
  actorId: string;
  recordedAt: Date;
  /** Hash of the line before; zeros for the first line. */
  prevHash: string;
  hash: string;
}

export type Disclosed = Omit<DisclosureRecord, 'sequence' | 'prevHash' | 'hash'>;

const beginning = '0'.repeat(64);

/** Adds a line after the last line of the same client. */
export function follow(
  last: Pick<DisclosureRecord, 'sequence' | 'hash'> | null,
  disclosed: Disclosed,
): DisclosureRecord {
  const sequence = (last?.sequence ?? 0) + 1;
  const prevHash = last?.hash ?? beginning;
  return { ...disclosed, sequence, prevHash, hash: hashOf({ ...disclosed, sequence, prevHash }) };
}

/** Whether no line was changed, removed or inserted. `records`: the whole ledger of a client in order. */
export function isIntact(records: readonly DisclosureRecord[]): boolean {
  return records.every((record, index) => {
    const before = records[index - 1];
    return (
      record.sequence === index + 1 &&
      record.prevHash === (before?.hash ?? beginning) &&
      record.hash === hashOf(record)
    );
  });
}

/** Hash of all values as a list, so that two values cannot be mistaken for one. */
function hashOf(record: Omit<DisclosureRecord, 'hash'>): string {
  const values = [
    record.prevHash,
    record.sequence,
    record.id,
    record.clientId,
    record.agencyId,
    record.referralId,
    record.disclosedAt.toISOString(),
    record.labels,
    record.fields,
    record.purpose,
    record.basis,
    record.consentIds,
    record.noticeVersion,
    record.channel,
    record.actorKind,
    record.actorId,
    record.recordedAt.toISOString(),
  ];
  return createHash('sha256').update(JSON.stringify(values)).digest('hex');
}
