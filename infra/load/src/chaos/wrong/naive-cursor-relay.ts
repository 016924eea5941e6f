import type { Publisher } from '@throughline/messaging';
import type { DataSource } from 'typeorm';
import { COLUMNS, messageOf, type OutboxRow } from './outbox-row.ts';

/**
 * The wrong way: "everything after the last number that I saw". A transaction that drew its number early and commits
 * late is never seen.
 */
export async function relayByCursor(dataSource: DataSource, publisher: Publisher): Promise<never> {
  let last = '0';
  for (;;) {
    const rows: OutboxRow[] = await dataSource.query(
      `select ${COLUMNS} from outbox where seq > $1 order by seq limit 500`,
      [last],
    );
    if (rows.length > 0) await publisher.send(rows.map(messageOf));
    last = rows.at(-1)?.seq ?? last;
    await new Promise((wake) => setTimeout(wake, 5));
  }
}
