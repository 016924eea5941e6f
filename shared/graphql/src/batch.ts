import DataLoader from 'dataloader';
import { EntitySchema, In, type EntityManager, type FindOptionsOrder, type FindOptionsWhere } from 'typeorm';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Any other text is no id, and PostgreSQL would refuse to compare it. */
export function isUuid(text: string): boolean {
  return uuid.test(text);
}

/** Rows, and a value that the same statement reads for each of them, for example its care team. */
export interface RowsWith<Row extends object> {
  entity: EntitySchema<Row>;
  /** An SQL expression over the row, which it knows as `r`; JSON comes as an object. */
  extra: string;
  /** Receives the value, for example to prime another loader. */
  keep(row: Row, found: unknown): void;
}
type Rows<Row extends object> = EntitySchema<Row> | RowsWith<Row>;

/** One statement for all rows that a request asks for by id; null where there is none. */
export function loaderById<Row extends { id: string }>(
  db: EntityManager,
  rowsOf: Rows<Row>,
): DataLoader<string, Row | null> {
  return new DataLoader(async (ids) => {
    const rows = await findIn(db, rowsOf, { column: 'id', ids });
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id.toLowerCase()) ?? null);
  });
}

/** One statement for the rows of all owners that a request asks for, for example the needs of cases. */
export function loaderByOwner<Row extends object>(
  db: EntityManager,
  rowsOf: Rows<Row>,
  owner: keyof Row & string,
  order: FindOptionsOrder<Row>,
): DataLoader<string, Row[]> {
  return new DataLoader(async (ids) => {
    const rows = await findIn(db, rowsOf, { column: owner, ids, order });
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
  rowsOf: Rows<Row>,
  { column, ids, order }: Search<Row>,
): Promise<Row[]> {
  const known = ids.filter(isUuid);
  if (known.length === 0) return [];
  const where = { [column]: In(known) } as FindOptionsWhere<Row>;
  const options = { where, ...(order && { order }) };
  if (rowsOf instanceof EntitySchema) return db.find(rowsOf, options);

  const { entity, extra } = rowsOf;
  const query = db.createQueryBuilder(entity, 'r').setFindOptions(options).addSelect(extra, 'extra');
  const { entities, raw } = await query.getRawAndEntities<{ extra: unknown }>();
  entities.forEach((row, place) => rowsOf.keep(row, raw[place]?.extra ?? null));
  return entities;
}
