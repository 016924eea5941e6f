import { ownCause, type Fact } from '@throughline/events';
import { record, schedule, type Job } from '@throughline/messaging';
import { MoreThan, type EntityManager, type EntitySchema, type FindOptionsWhere } from 'typeorm';
import { lockRow, type Identified } from './write-change.ts';

/** How rows of a table are told to services that did not keep them before. */
export interface Telling<Row extends Identified> {
  service: Parameters<typeof ownCause>[0];
  entity: EntitySchema<Row>;
  factsOf: (row: Row, tools: { tx: EntityManager; now: Date }) => Fact[] | Promise<Fact[]>;
  now: () => Date;
}

/**
 * A job that tells one row as it is now; `key` is the field of its payload with the id of the row. A second run tells the
 * same again, which is harmless.
 */
export function tellRow<Row extends Identified>(key: string, telling: Telling<Row>): Job {
  return (payload, { dataSource }) =>
    dataSource.transaction(async (tx) => {
      const row = await lockRow(tx, telling.entity, idIn(payload, key));
      if (row) await tell(tx, [row], telling);
    });
}

/** Rows of one run. */
const PAGE = 200;

/**
 * A job that tells every row of a table once, as it is now: one page, and a job of the same name for the next one. A
 * migration schedules it with `{"after": null}`.
 */
export function tellEveryRow<Row extends Identified>(job: string, telling: Telling<Row>, page = PAGE): Job {
  return (payload, { dataSource }) =>
    dataSource.transaction(async (tx) => {
      const after = isFirst(payload) ? null : idIn(payload, 'after');
      const rows = await tx.find(telling.entity, {
        where: (after === null ? {} : { id: MoreThan(after) }) as FindOptionsWhere<Row>,
        order: { id: 'ASC' } as never,
        take: page,
        lock: { mode: 'for_no_key_update' },
      });
      await tell(tx, rows, telling);
      const last = rows[page - 1];
      if (last) await schedule(tx, job, { after: last.id }, { jobKey: `${job}:${last.id}` });
    });
}

async function tell<Row extends Identified>(
  tx: EntityManager,
  rows: readonly Row[],
  { service, factsOf, now }: Telling<Row>,
): Promise<void> {
  const at = now();
  const facts: Fact[] = [];
  for (const row of rows) facts.push(...(await factsOf(row, { tx, now: at })));
  await record(tx, ownCause(service, at), ...facts);
}

function isFirst(payload: unknown): boolean {
  return (payload as { after?: unknown }).after === null;
}

function idIn(payload: unknown, key: string): string {
  const id = (payload as Record<string, unknown>)[key];
  if (typeof id !== 'string') throw new Error(`A job without ${key}.`);
  return id;
}
