import type { Cause } from '@throughline/events';
import { record, schedule, type Job } from '@throughline/messaging';
import type { EntityManager } from 'typeorm';
import { disclosureFact, endOfHour, repeatedFact, type DisclosureEntry } from './disclosure.ts';
import { DisclosureEntity } from './disclosure.entity.ts';

export const COUNT_READS = 'disclosure.count-reads';
/** For reads in flight at the end of the hour, and for programs whose clock is behind. */
const graceMs = 5 * 60_000;

/** Puts a read into the ledger: as a new line, or by counting a line of this hour. Answers the line. */
export async function recordRead(
  tx: EntityManager,
  cause: Cause,
  entry: DisclosureEntry,
): Promise<DisclosureEntry> {
  const inserted = await tx
    .createQueryBuilder()
    .insert()
    .into(DisclosureEntity)
    .values(entry)
    .orIgnore()
    .returning('id')
    .execute();
  if ((inserted.raw as unknown[]).length > 0) {
    await record(tx, cause, disclosureFact(entry));
    return entry;
  }
  return countRead(tx, entry);
}

async function countRead(tx: EntityManager, entry: DisclosureEntry): Promise<DisclosureEntry> {
  const where = { repeatKey: entry.repeatKey ?? '', hour: entry.hour };
  const lastReadAt = entry.disclosedAt;
  await tx.update(DisclosureEntity, where, { reads: () => 'reads + 1', lastReadAt });
  const line = await tx.findOneByOrFail(DisclosureEntity, where);
  if (line.reads === 2) {
    const runAt = new Date(endOfHour(line).getTime() + graceMs);
    const when = { runAt, jobKey: `${COUNT_READS}:${line.id}` };
    await schedule(tx, COUNT_READS, { disclosureId: line.id }, when);
  }
  return line;
}

/** Tells, after the hour is over, how often a line was read. */
export function tellReads(now: () => Date): Job {
  return (payload, { dataSource }) =>
    dataSource.transaction(async (tx) => {
      const { disclosureId } = payload as { disclosureId: string };
      const line = await tx.findOneByOrFail(DisclosureEntity, { id: disclosureId });
      const cause: Cause = { actor: { kind: 'SYSTEM', id: 'referrals' }, correlationId: line.referralId };
      await record(tx, cause, repeatedFact(line, now()));
    });
}
