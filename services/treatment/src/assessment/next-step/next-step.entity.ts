import type { CareReader } from '@throughline/care';
import { loaderById } from '@throughline/graphql';
import DataLoader from 'dataloader';
import { EntitySchema, In, type EntityManager } from 'typeorm';
import type { StepCode } from './codes.ts';
import type { NextStep, StepSource } from './next-step.ts';

export const NextStepEntity = new EntitySchema<NextStep>({
  name: 'NextStep',
  tableName: 'next_step',
  columns: {
    id: { type: 'uuid', primary: true },
    clientId: { type: 'uuid', name: 'client_id' },
    what: { type: 'text' },
    why: { type: 'text' },
    sourceType: { type: 'text', name: 'source_type' },
    sourceId: { type: 'uuid', name: 'source_id' },
    ownerRole: { type: 'text', name: 'owner_role' },
    ownerId: { type: 'uuid', name: 'owner_id', nullable: true },
    needCategory: { type: 'text', name: 'need_category', nullable: true },
    dueAt: { type: 'timestamptz', name: 'due_at' },
    createdAt: { type: 'timestamptz', name: 'created_at' },
    status: { type: 'text' },
    closedAt: { type: 'timestamptz', name: 'closed_at', nullable: true },
    closedBy: { type: 'uuid', name: 'closed_by', nullable: true },
    note: { type: 'text', nullable: true },
    version: { type: 'integer' },
  },
});

const MOST = 100;

export function nextStepLoaders(db: EntityManager, care: CareReader) {
  return {
    nextStepById: loaderById(db, care.rowsWithCare(NextStepEntity)),
    /** Open steps, the most urgent first. */
    nextStepsByClient: new DataLoader<string, NextStep[]>(async (ids) => {
      const rows = await db.find(NextStepEntity, {
        where: { clientId: In(ids), status: 'OPEN' },
        order: { dueAt: 'ASC', what: 'ASC', id: 'ASC' },
      });
      const byClient = Map.groupBy(rows, ({ clientId }) => clientId);
      return ids.map((id) => byClient.get(id)?.slice(0, MOST) ?? []);
    }),
  };
}

/**
 * Adds steps. One step of a kind is open: an equal one joins it, stays behind it with its own cause, and the open one
 * takes the earlier due time. Locks the open one, so that nobody closes it meanwhile without seeing the new cause.
 */
export async function addSteps(tx: EntityManager, steps: readonly NextStep[]): Promise<void> {
  for (const step of steps) {
    const opened: { id: string }[] = await tx.query(
      `${insertion(tx)}
       on conflict (client_id, what, coalesce(need_category, '')) where status = 'OPEN'
       do update set due_at = least(open.due_at, excluded.due_at),
         version = open.version + case when open.due_at > excluded.due_at then 1 else 0 end
       returning open.id`,
      valuesOf(tx, step),
    );
    if (opened[0]?.id !== step.id) await tx.query(insertion(tx), valuesOf(tx, { ...step, status: 'JOINED' }));
  }
}

function insertion(tx: EntityManager): string {
  const { columns } = tx.getRepository(NextStepEntity).metadata;
  return `insert into next_step as open (${columns.map(({ databaseName }) => databaseName).join(', ')})
       values (${columns.map((_column, index) => `$${String(index + 1)}`).join(', ')})`;
}

function valuesOf(tx: EntityManager, step: NextStep): unknown[] {
  const { columns } = tx.getRepository(NextStepEntity).metadata;
  return columns.map(({ propertyName }) => step[propertyName as keyof NextStep]);
}

/** Which open steps of a client are closed, with those that joined them, and how. */
export interface Closed {
  clientId: string;
  what?: readonly StepCode[];
  needCategory?: string;
  source?: { type: StepSource; id: string };
  /** Only steps of screenings of this day or before: an older answer is none to a newer question. */
  answeredOn?: string;
  status: 'DONE' | 'NOT_NEEDED';
  by: string | null;
  now: Date;
}

/**
 * Closes steps because what they ask for happened, or their reason went away. A step is closed only by what answers its
 * own cause: one that joined it and is left is open from now on. Source: infra/reference/domain.md 4.3.
 */
export async function closeSteps(tx: EntityManager, closed: Closed): Promise<void> {
  const { clientId, what, needCategory, source, answeredOn, status, by, now } = closed;
  await tx.query(
    `update next_step set status = $2, closed_at = $3, closed_by = $4, version = version + 1
     where client_id = $1 and status in ('OPEN', 'JOINED') and ($5::text[] is null or what = any($5))
       and ($6::text is null or need_category = $6)
       and ($7::text is null or (source_type = $7 and source_id = $8))
       and ($9::date is null or source_type <> 'Screening'
         or exists (select from screening s where s.id = source_id and s.administered_on <= $9))`,
    [
      ...[clientId, status, now, by, what ?? null, needCategory ?? null],
      ...[source?.type ?? null, source?.id ?? null, answeredOn ?? null],
    ],
  );
  await giveBack(tx, clientId);
}

/** Opens the most urgent of the steps of each kind that has no open one any more. */
export async function giveBack(tx: EntityManager, clientId: string): Promise<void> {
  await tx.query(
    `update next_step set status = 'OPEN', version = version + 1 where id in (
       select distinct on (what, coalesce(need_category, '')) id from next_step j
       where client_id = $1 and status = 'JOINED' and not exists (
         select from next_step o where o.client_id = $1 and o.status = 'OPEN' and o.what = j.what
           and coalesce(o.need_category, '') = coalesce(j.need_category, ''))
       order by what, coalesce(need_category, ''), due_at, id)`,
    [clientId],
  );
}
