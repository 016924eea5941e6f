import DataLoader from 'dataloader';
import {
  In,
  type EntityManager,
  type EntitySchema,
  type FindOptionsOrder,
  type FindOptionsWhere,
} from 'typeorm';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Anything else cannot be the id of something, and PostgreSQL would refuse to compare it. */
export function isUuid(text: string): boolean {
  return uuid.test(text);
}

/** One statement for all rows that a request asks for by id; null where there is none. */
export function loaderById<Row extends { id: string }>(
  db: EntityManager,
  entity: EntitySchema<Row>,
): DataLoader<string, Row | null> {
  return new DataLoader(async (ids) => {
    const rows = await findIn(db, entity, { column: 'id', ids });
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id.toLowerCase()) ?? null);
  });
}

/** One statement for the rows of all owners that a request asks for, for example the needs of cases. */
export function loaderByOwner<Row extends object>(
  db: EntityManager,
  entity: EntitySchema<Row>,
  owner: keyof Row & string,
  order: FindOptionsOrder<Row>,
): DataLoader<string, Row[]> {
  return new DataLoader(async (ids) => {
    const rows = await findIn(db, entity, { column: owner, ids, order });
    const byOwner = Map.groupBy(rows, (row) => row[owner]);
    return ids.map((id) => byOwner.get(id.toLowerCase() as Row[typeof owner]) ?? []);
  });
}

interface Search<Row> {
  column: keyof Row & string;
  ids: readonly string[];
  order?: FindOptionsOrder<Row>;
}

async function findIn<Row extends object>(
  db: EntityManager,
  entity: EntitySchema<Row>,
  { column, ids, order }: Search<Row>,
): Promise<Row[]> {
  const known = ids.filter(isUuid);
  if (known.length === 0) return [];
  const where = { [column]: In(known) } as FindOptionsWhere<Row>;
  return db.find(entity, { where, ...(order && { order }) });
}
