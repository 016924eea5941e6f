import DataLoader from 'dataloader';
import type { DataSource } from 'typeorm';

/**
 * A loader of the rows that belong to something. The statement answers `owner` and the row's columns for the
 * owners in $1, so that a page of any length costs one statement.
 */
export function rowsBy<Row extends object>(db: DataSource, sql: string): DataLoader<string, Row[]> {
  return new DataLoader<string, Row[]>(async (owners) => {
    const rows: (Row & { owner: string })[] = await db.query(sql, [owners]);
    const byOwner = Map.groupBy(rows, ({ owner }) => owner);
    return owners.map((owner) => byOwner.get(owner) ?? []);
  });
}
