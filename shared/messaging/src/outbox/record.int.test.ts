import { randomUUID } from 'node:crypto';
import { clientUpdated } from '@throughline/events';
import {
  cause,
  recordUpdates,
  messagingDatabase,
  updated,
  type MessagingDatabase,
} from '../contract/test-services.ts';
import { record, UnfitFact } from './record.ts';
import { onFactsCommitted } from '../wake.ts';

let database: MessagingDatabase;
beforeAll(async () => {
  database = await messagingDatabase();
});
afterAll(() => database.drop());

const rowsOf = (key: string): Promise<{ key_sequence: number }[]> =>
  database.dataSource.query('select key_sequence from outbox where key = $1 order by seq', [key]);

describe('record', () => {
  it('refuses a manager that is in no transaction', async () => {
    await expect(record(database.dataSource.manager, cause, updated(randomUUID(), 1))).rejects.toThrow(
      'transaction',
    );
  });

  it('fails the transaction of a fact with a field that its contract does not know', async () => {
    const key = randomUUID();
    const fact = updated(key, 1);
    const leaking = { ...fact, data: { ...(fact.data as object), name: 'Ada Quill' } };
    const transaction = database.dataSource.transaction(async (tx) => {
      await recordUpdates(tx, key, [1]);
      await record(tx, cause, leaking);
    });
    await expect(transaction).rejects.toThrow(UnfitFact);
    await expect(transaction).rejects.not.toThrow(/Ada/);
    expect(await rowsOf(key)).toEqual([]);
  });

  it('fails the transaction of a fact that is not declared', async () => {
    const fact = { ...updated(randomUUID(), 1), type: 'SomethingElse' };
    await expect(database.dataSource.transaction((tx) => record(tx, cause, fact))).rejects.toThrow(
      /not declared/,
    );
  });

  it('fails the transaction of a fact larger than 64 kB', async () => {
    const key = randomUUID();
    const changedFields = Array.from({ length: 1200 }, () => 'f'.repeat(60));
    const fact = clientUpdated.of(key, new Date(), { clientId: key, changedFields, version: 1 });
    await expect(database.dataSource.transaction((tx) => record(tx, cause, fact))).rejects.toThrow(
      /larger than/,
    );
  });

  it('numbers the facts of a key without gaps, also after a rollback', async () => {
    const key = randomUUID();
    const other = randomUUID();
    await database.dataSource.transaction((tx) =>
      record(tx, cause, updated(key, 1), updated(other, 1), updated(key, 2)),
    );
    const failing = database.dataSource.transaction(async (tx) => {
      await recordUpdates(tx, key, [3]);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await database.dataSource.transaction((tx) => recordUpdates(tx, key, [3]));
    expect(await rowsOf(key)).toEqual([{ key_sequence: 1 }, { key_sequence: 2 }, { key_sequence: 3 }]);
    expect(await rowsOf(other)).toEqual([{ key_sequence: 1 }]);
  });

  it('wakes after the commit, not before, and not after a rollback', async () => {
    let woken = 0;
    const stop = onFactsCommitted(database.dataSource, () => (woken += 1));
    await database.dataSource.transaction(async (tx) => {
      await tx.transaction((nested) => recordUpdates(nested, randomUUID(), [1]));
      expect(woken).toBe(0);
    });
    expect(woken).toBe(1);

    await database.dataSource.transaction((tx) => tx.query('select 1'));
    const failing = database.dataSource.transaction(async (tx) => {
      await recordUpdates(tx, randomUUID(), [1]);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(woken).toBe(1);
    stop();
  });

  it('lets two transactions record the same keys in opposite order without a deadlock', async () => {
    const [one, two] = [randomUUID(), randomUUID()];
    const both = (first: string, second: string): Promise<void> =>
      database.dataSource.transaction((tx) => record(tx, cause, updated(first, 1), updated(second, 1)));
    await Promise.all(Array.from({ length: 20 }, (_, n) => (n % 2 ? both(one, two) : both(two, one))));
    expect(await rowsOf(one)).toHaveLength(20);
  });
});

describe('the app role', () => {
  it.each([
    ['delete facts', 'delete from outbox'],
    ['rewrite facts', `update outbox set payload = '{}'`],
    ['delete facts of the archive', 'delete from outbox_archive'],
    ['rewrite the archive', `update outbox_archive set payload = '{}'`],
    ['put facts into the archive', 'insert into outbox_archive select from outbox_archive'],
    ['forget what it handled', 'delete from inbox'],
    ['forget what failed', 'delete from parked_message'],
    ['forget who decided', 'delete from parked_message_decision'],
    ['rewrite why', `update parked_message_decision set reason = 'x'`],
    ['alter tables', 'alter table outbox add column x int'],
  ])('cannot %s', async (_what, sql) => {
    await expect(database.dataSource.query(sql)).rejects.toThrow(/permission denied|must be owner/);
  });

  it('can have old sent facts archived, and only those', async () => {
    const key = randomUUID();
    await database.dataSource.transaction((tx) => recordUpdates(tx, key, [1, 2, 3]));
    const sentDaysAgo = (days: number, sequence: number): Promise<unknown> =>
      database.dataSource.query(
        `update outbox set sent_at = now() - $2 * interval '1 day' where key = $1 and key_sequence = $3`,
        [key, days, sequence],
      );
    await sentDaysAgo(8, 1);
    await sentDaysAgo(6, 2);
    await database.dataSource.query('select prune_messaging()');
    expect(await rowsOf(key)).toEqual([{ key_sequence: 2 }, { key_sequence: 3 }]);
  });
});
