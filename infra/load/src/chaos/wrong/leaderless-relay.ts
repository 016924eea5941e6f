import type { Publisher } from '@throughline/messaging';
import type { DataSource, EntityManager } from 'typeorm';
import { COLUMNS, messageOf, type OutboxRow } from './outbox-row.ts';

const BATCH = 5;

/**
 * The wrong way: several relays, each takes rows that no other one has locked. Two of them hold facts of one key at
 * the same time and send them in any order. The facts go without their numbers, as they do where nobody numbers
 * them: with numbers the inbox would put them in order again.
 */
export async function relayWithoutLeader(dataSource: DataSource, publisher: Publisher): Promise<never> {
  for (;;) {
    const sent = await dataSource.transaction((tx) => sendSome(tx, publisher));
    if (sent === 0) await new Promise((wake) => setTimeout(wake, 5));
  }
}

async function sendSome(tx: EntityManager, publisher: Publisher): Promise<number> {
  const rows: OutboxRow[] = await tx.query(
    `select ${COLUMNS} from outbox where sent_at is null order by seq limit ${BATCH} for update skip locked`,
  );
  if (rows.length === 0) return 0;
  await publisher.send(rows.map((row) => ({ ...messageOf(row), sequence: 0 })));
  await tx.query('update outbox set sent_at = now() where seq = any($1::bigint[])', [
    rows.map(({ seq }) => seq),
  ]);
  return rows.length;
}
