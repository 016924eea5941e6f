import type { Fact } from '@throughline/events';
import { isProblem, isUuid, notFound, type Problem, staleVersion, type Viewer } from '@throughline/graphql';
import { once, record } from '@throughline/messaging';
import type { EntityManager, EntitySchema, FindOptionsWhere, QueryDeepPartialEntity } from 'typeorm';
import type { Care } from './people/client/client.access.ts';
import { findCare } from './people/client/client.loaders.ts';
import type { Context } from './context.ts';

/** What a command decided: the new state, what others hear of it, and what else is written with it. */
export interface Decision<Row> {
  row: Row;
  facts: Fact[];
  also?: (tx: EntityManager) => Promise<unknown>;
  /** What the caller gets, when it is another row than the one that changed. */
  answer?: Row;
}

export interface Change<Row> {
  entity: EntitySchema<Row>;
  /** GraphQL name of the type. */
  what: string;
  command: string;
  input: { id: string; expectedVersion: number; idempotencyKey?: string | null | undefined };
  clientIdOf: (row: Row) => string;
  may: (viewer: Viewer, care: Care | null) => boolean;
}

/**
 * The one way to change an existing aggregate: lock its row, ask permission, compare versions, decide, write, record.
 * Not found and not permitted to know look the same.
 */
export function changeOne<Row extends { id: string; version: number }>(
  { db, viewer, cause }: Context,
  change: Change<Row>,
  decide: (row: Row, tx: EntityManager) => Promise<Decision<Row> | Problem> | Decision<Row> | Problem,
): Promise<Row | Problem> {
  const { command, entity, input } = change;
  return db.transaction((tx) => {
    const run = async (): Promise<Row | Problem> => {
      const row = await findOne(tx, viewer, change, { id: input.id, lock: true });
      if (isProblem(row)) return row;
      if (row.version !== input.expectedVersion) return staleVersion(row.version);

      const decision = await decide(row, tx);
      if (isProblem(decision)) return decision;
      await decision.also?.(tx);
      await tx.update(entity, whereId<Row>(row.id), decision.row as unknown as QueryDeepPartialEntity<Row>);
      await record(tx, cause, ...decision.facts);
      return decision.answer ?? decision.row;
    };
    const reload = (id: string): Promise<Row | Problem> => findOne(tx, viewer, change, { id, lock: false });
    return once(tx, { viewerId: viewer.id, command, key: input.idempotencyKey, input }, run, reload);
  });
}

async function findOne<Row extends { id: string }>(
  tx: EntityManager,
  viewer: Viewer,
  { entity, what, clientIdOf, may }: Change<Row & { version: number }>,
  { id, lock }: { id: string; lock: boolean },
): Promise<(Row & { version: number }) | Problem> {
  if (!isUuid(id)) return notFound(what);
  const row = await tx.findOne(entity, {
    where: whereId(id),
    ...(lock && { lock: { mode: 'pessimistic_write' as const } }),
  });
  const [care = null] = row ? await findCare(tx, [clientIdOf(row)]) : [];
  return row && may(viewer, care) ? row : notFound(what);
}

function whereId<Row>(id: string): FindOptionsWhere<Row> {
  return { id } as unknown as FindOptionsWhere<Row>;
}
