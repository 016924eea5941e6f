import { isDeepStrictEqual } from 'node:util';
import { In, type EntityManager } from 'typeorm';
import { readHistories, readTold } from '../history/read-histories.ts';
import { caseloadCases } from './caseload-cases.ts';
import { casesOfClient } from './cases-of-client.ts';
import { MeasureCaseEntity } from './measure-case.entity.ts';
import type { MeasureCase } from './measure-case.ts';

const ROWS_AT_ONCE = 500;

/** Counts the rows of clients again from everything that is known of them now. */
export async function countClients(
  tx: EntityManager,
  clientIds: readonly string[],
  timeZone: string,
): Promise<void> {
  await takeTurns(tx, clientIds);
  const histories = await readHistories(tx, clientIds, timeZone);
  await replace(tx, clientIds, histories.flatMap(casesOfClient));
}

/** Counts the rows of members of staff again. */
export async function countStaff(
  tx: EntityManager,
  staffIds: readonly string[],
  timeZone: string,
): Promise<void> {
  await takeTurns(tx, staffIds);
  const told = await readTold(tx, staffIds);
  await replace(
    tx,
    staffIds,
    staffIds.flatMap((id) => caseloadCases(id, told.get(id) ?? [], timeZone)),
  );
}

/** Facts about one person have several keys: the transaction that comes second sees what the first one wrote. */
async function takeTurns(tx: EntityManager, ownerIds: readonly string[]): Promise<void> {
  await tx.query(
    `/* measures */ select pg_advisory_xact_lock(hashtextextended('measure:' || id, 0))
     from unnest($1::text[]) with ordinality as o (id, n) order by n`,
    [[...ownerIds].sort()],
  );
}

const nameOf = ({ measure, spec, key }: MeasureCase): string => `${measure} ${spec} ${key}`;

async function replace(
  tx: EntityManager,
  ownerIds: readonly string[],
  rows: readonly MeasureCase[],
): Promise<void> {
  const known = await tx.find(MeasureCaseEntity, {
    where: { ownerId: In([...ownerIds]) },
    comment: 'measures',
  });
  const before = new Map(known.map((row) => [nameOf(row), row]));
  const after = new Set(rows.map(nameOf));
  for (const row of known) {
    const { measure, spec, key } = row;
    if (!after.has(nameOf(row))) await tx.delete(MeasureCaseEntity, { measure, spec, key });
  }
  const fresh = rows.filter((row) => !isSame(before.get(nameOf(row)), row));
  for (let at = 0; at < fresh.length; at += ROWS_AT_ONCE)
    await tx.upsert(MeasureCaseEntity, fresh.slice(at, at + ROWS_AT_ONCE), ['measure', 'spec', 'key']);
}

function isSame(before: MeasureCase | undefined, after: MeasureCase): boolean {
  return before !== undefined && isDeepStrictEqual({ ...before }, { ...after });
}
