import { mayChange, mayRead } from '@throughline/care';
import type { Fact } from '@throughline/events';
import { forbidden, isProblem, isUuid, notFound, type Problem, staleVersion } from '@throughline/graphql';
import { once, record } from '@throughline/messaging';
import type { EntityManager, EntitySchema, FindOptionsWhere, QueryDeepPartialEntity } from 'typeorm';
import type { Context } from './context.ts';

interface Aggregate {
  id: string;
  clientId: string;
  version: number;
}

/** What a command decided: the new state and what the others hear of it. `also` writes what belongs to it. */
export interface Decision<Row> {
  row: Row;
  facts: Fact[];
  also?: (tx: EntityManager) => Promise<unknown>;
}

export interface Change<Row> {
  entity: EntitySchema<Row>;
  /** GraphQL name of the type. */
  what: string;
  command: string;
  input: { id: string; expectedVersion: number; idempotencyKey?: string | null | undefined };
}

/**
 * The one way to change an existing aggregate: lock its row, ask permission, compare versions, decide, write, record.
 * Not found and not permitted to know look the same.
 */
export function changeOne<Row extends Aggregate>(
  { db, viewer, cause, care }: Context,
  { entity, what, command, input }: Change<Row>,
  decide: (row: Row) => Decision<Row> | Problem,
): Promise<Row | Problem> {
  return db.transaction((tx) => {
    const load = async (lock: boolean): Promise<Row | Problem> => {
      const where = { id: input.id } as FindOptionsWhere<Row>;
      const locked = lock && { lock: { mode: 'pessimistic_write' as const } };
      const row = isUuid(input.id) ? await tx.findOne(entity, { where, ...locked }) : null;
      const found = row ? ((await care.careIn(tx, [row.clientId])).get(row.clientId) ?? null) : null;
      if (!row || !mayRead(viewer, found, 'CLINICAL')) return notFound(what);
      return mayChange(viewer, found, 'CLINICAL')
        ? row
        : forbidden('Your role may read this record but not change it.');
    };
    const run = async (): Promise<Row | Problem> => {
      const row = await load(true);
      if (isProblem(row)) return row;
      if (row.version !== input.expectedVersion) return staleVersion(row.version);

      const decision = decide(row);
      if (isProblem(decision)) return decision;
      const changed = { ...decision.row, version: row.version + 1 };
      await tx.update(entity, { id: row.id }, changed as unknown as QueryDeepPartialEntity<Row>);
      await decision.also?.(tx);
      await record(tx, cause, ...decision.facts);
      return changed;
    };
    return once(tx, { viewerId: viewer.id, command, key: input.idempotencyKey, input }, run, () =>
      load(false),
    );
  });
}
