import { isDeepStrictEqual } from 'node:util';
import type { Cause } from '@throughline/events';
import { record } from '@throughline/messaging';
import type { EntityManager, EntitySchema, FindOptionsWhere, QueryDeepPartialEntity } from 'typeorm';
import type { Change } from './decision.ts';

export interface Identified {
  id: string;
}

/** The locked row that a change is about, with the table it stands in. */
export type Subject<Row extends Identified> = readonly [entity: EntitySchema<Row>, row: Row];

/** The row, locked until the transaction ends. `id` is a uuid. */
export function lockRow<Row extends Identified>(
  tx: EntityManager,
  entity: EntitySchema<Row>,
  id: string,
): Promise<Row | null> {
  return tx.findOne(entity, { where: whereId<Row>(id), lock: { mode: 'for_no_key_update' } });
}

/**
 * For `lock`: the row that owns another one is locked first, then the row itself. Every command takes the two in this
 * order, so that no two wait for each other.
 */
export function ownerFirst<Row extends Identified, Owner extends Identified>(
  entity: EntitySchema<Row>,
  ownerId: keyof Row,
  ownerEntity: EntitySchema<Owner>,
) {
  return async (tx: EntityManager, id: string): Promise<{ row: Row; owner: Owner } | null> => {
    const known = await tx.findOneBy(entity, whereId<Row>(id));
    const owner = known && (await lockRow(tx, ownerEntity, String(known[ownerId])));
    const row = owner && (await lockRow(tx, entity, id));
    return row && { row, owner };
  };
}

/**
 * Writes the change of a locked row and its facts; answers the row as it is now. The version grows by one, where the
 * row has one. A change to what is there already writes nothing at all, keeps the version and records no fact.
 */
export async function writeChange<Row extends Identified>(
  tx: EntityManager,
  cause: Cause,
  [entity, row]: Subject<Row>,
  { update, also, facts = [], after }: Omit<Change<never, Row>, 'insert' | 'answer'>,
): Promise<Row> {
  if (update ? isSame(row, update) : !also) return row;
  const changes = update ?? row;
  const next = 'version' in row ? { ...changes, version: Number(row.version) + 1 } : changes;

  const changed = differenceOf(row, next);
  if (Object.keys(changed).length > 0) await tx.update(entity, whereId<Row>(row.id), changed);
  await also?.(tx);
  await record(tx, cause, ...facts, ...((await after?.(tx)) ?? []));
  return next;
}

/** Only the columns that change: the app role may not write every column of every table. */
function differenceOf(before: object, after: object): object {
  const known = new Map(Object.entries(before));
  return Object.fromEntries(
    Object.entries(after).filter(([field, value]) => !isDeepStrictEqual(known.get(field), value)),
  );
}

/** Inserts the row; false when the database has an equal one already. */
export async function insertUnlessTaken<New extends Identified>(
  tx: EntityManager,
  entity: EntitySchema<New>,
  row: New,
): Promise<boolean> {
  const values = row as unknown as QueryDeepPartialEntity<New>;
  const query = tx.createQueryBuilder().insert().into(entity).values(values).orIgnore().returning('id');
  const result = await query.execute();
  return (result.raw as unknown[]).length > 0;
}

/** Domain functions may have raised the version already, for a fact that tells it. */
function isSame(before: object, after: object): boolean {
  const version = 'version' in before ? before.version : undefined;
  return isDeepStrictEqual({ ...before }, { ...after, ...('version' in before && { version }) });
}

function whereId<Row extends Identified>(id: string): FindOptionsWhere<Row> {
  return { id } as unknown as FindOptionsWhere<Row>;
}
