import { randomUUID } from 'node:crypto';
import { silentLogger } from '@throughline/runtime';
import { describeKafka, eventually, kafkaForTests } from '@throughline/testing';
import {
  createUpdateTables,
  damage,
  dueState,
  asOwner,
  rebuildUpdates,
  stateOf,
  updates,
} from '../contract/test-projection.ts';
import {
  messagingDatabase,
  messagingOf,
  oneTo,
  quickRetry,
  recordUpdates,
  type MessagingDatabase,
} from '../contract/test-services.ts';
import {
  fromArchives,
  fromTopics,
  kafkaTransport,
  withProjections,
  type Messaging,
  type Transport,
} from '../index.ts';

let database: MessagingDatabase;
let transport: Transport;
let service: Messaging;

const MOST_COMMITS = 200;
const pause = (ms: number): Promise<void> => new Promise((wake) => setTimeout(wake, ms));
const archive = () => fromArchives({ clients: database.appUrl });
const record = (key: string, versions: readonly number[]): Promise<void> =>
  database.dataSource.transaction((tx) => recordUpdates(tx, key, versions));
const archiveHalf = (): Promise<unknown> =>
  database.dataSource.query(`update outbox set sent_at = now() - interval '8 days' where key_sequence <= 6`);

async function untilHandled(): Promise<void> {
  await eventually(async () => expect(await stateOf(database)).toEqual(await dueState(database)));
}

/**
 * Commits facts of these keys, never far ahead of the service, until the test stops it; returns their number. Each rebuild
 * handles all of them, so there is a limit: a slow machine would otherwise have more and more to do.
 */
function writer(keys: readonly string[]): () => Promise<number> {
  let commits = 0;
  const writing = { on: true };
  const isWanted = (): boolean => writing.on && commits < MOST_COMMITS;
  const write = async (): Promise<void> => {
    for (let version = 100; isWanted(); version += 1) {
      await record(keys[version % keys.length]!, [version]);
      commits += 1;
      do await pause(10);
      while (isWanted() && (await ahead()) >= 10);
    }
  };
  const done = write();
  return async () => {
    writing.on = false;
    await done;
    return commits;
  };
}

async function ahead(): Promise<number> {
  const rows: { ahead: string }[] = await database.dataSource.query(
    `select (select sum(last_sequence) from outbox_key) - (select sum(last_sequence) from inbox_key) as ahead`,
  );
  return Number(rows[0]?.ahead);
}

describeKafka('a rebuild', () => {
  beforeAll(async () => {
    database = await messagingDatabase();
    await createUpdateTables(database.ownerUrl);
    const { brokers, topicPrefix } = await kafkaForTests();
    transport = kafkaTransport({ brokers, topicPrefix, clientId: 'replay', logger: silentLogger });
    service = await messagingOf(database, transport, {
      service: 'messaging',
      reactions: withProjections([updates]),
      retry: quickRetry,
    });
    await Promise.all(oneTo(40).map(() => record(randomUUID(), oneTo(12))));
    await untilHandled();
    await archiveHalf();
    await database.dataSource.query('select prune_messaging()');
  });
  afterAll(async () => {
    await service.close();
    await database.drop();
  });

  it.each([
    ['the archive', archive],
    ['the topics', () => fromTopics(transport)],
  ])(
    'from %s heals what was damaged, while facts go on coming, and loses and doubles none',
    async (_source, open) => {
      const keys = [...oneTo(3).map(() => randomUUID()), (await stateOf(database)).latest[0]!.key];
      await damage(database.ownerUrl, 4);
      const stops = [writer(keys), writer(keys), writer(keys.slice(0, 1))];
      const rebuilt = await rebuildUpdates(database, { source: open() });
      const commits = await Promise.all(stops.map((stop) => stop()));

      expect(rebuilt).toMatchObject({ outcome: 'TAKEN_OVER', missing: 0, skipped: 0 });
      expect(rebuilt.tables.map(({ removed, changed, added }) => [removed, changed > 0, added > 0])).toEqual([
        [1, true, false],
        [0, true, true],
      ]);
      expect(Math.min(...commits)).toBeGreaterThan(0);
      await untilHandled();
      expect((await rebuildUpdates(database, { source: open(), dryRun: true })).tables).toMatchObject([
        { added: 0, changed: 0, removed: 0 },
        { added: 0, changed: 0, removed: 0 },
      ]);
    },
  );

  it('leaves indexes, grants, keys and guards as they were', async () => {
    await damage(database.ownerUrl, 5);
    const shape = (): Promise<unknown> => database.dataSource.query(SHAPE);
    const before = await shape();
    await rebuildUpdates(database);
    expect(await shape()).toEqual(before);
    await expect(database.dataSource.query('delete from update_line')).rejects.toThrow('permission denied');
    await expect(
      asOwner(database.ownerUrl, (owner) => owner.query('delete from update_line')),
    ).rejects.toThrow('never changed');
    await untilHandled();
  });

  it('only compares when it is a dry run', async () => {
    await damage(database.ownerUrl, 4);
    const damaged = await stateOf(database);
    const { outcome, tables } = await rebuildUpdates(database, { dryRun: true });
    expect(outcome).toBe('COMPARED');
    expect(tables[0]).toMatchObject({ table: 'latest_update', removed: 1, added: 0 });
    expect(tables[1]!.before).toBe(damaged.lines.length);
    expect(tables[1]!.after).toBe(tables[1]!.before + tables[1]!.added);
    expect(await stateOf(database)).toEqual(damaged);
    await rebuildUpdates(database);
    await untilHandled();
  });

  it('hands the service over at any moment, without a fact handled twice', async () => {
    const keys = oneTo(4).map(() => randomUUID());
    for (let n = 0; n < 5; n += 1) {
      const stop = writer(keys);
      await damage(database.ownerUrl, 3 + n);
      await rebuildUpdates(database);
      expect(await stop()).toBeGreaterThan(0);
    }
    await untilHandled();
  });
});

const SHAPE = `
  select indexdef as shape from pg_indexes where tablename in ('latest_update', 'update_line')
  union all select conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
    where conrelid in ('latest_update'::regclass, 'update_line'::regclass)
  union all select tgname || ' ' || tgenabled::text from pg_trigger where tgname = 'only_grows'
  union all select relname || ' ' || relacl::text || ' ' || oid from pg_class
    where relname in ('latest_update', 'update_line')
  order by 1`;
