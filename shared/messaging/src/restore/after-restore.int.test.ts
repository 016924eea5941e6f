import { randomUUID } from 'node:crypto';
import { clientUpdated } from '@throughline/events';
import { silentLogger } from '@throughline/runtime';
import { describeKafka, eventually, kafkaForTests } from '@throughline/testing';
import pg from 'pg';
import { DataSource } from 'typeorm';
import {
  listener,
  messagingDatabase,
  messagingOf,
  recordUpdates,
  versionsHeard,
  type MessagingDatabase,
} from '../contract/test-services.ts';
import { kafkaTransport, messagingEntities, on, type Messaging, type Transport } from '../index.ts';
import { afterRestore } from './after-restore.ts';

const [ours, theirs] = [randomUUID(), randomUUID()];

/** Files of a stopped database, as a backup keeps them. */
async function copyOf({ appUrl, ownerUrl }: MessagingDatabase): Promise<MessagingDatabase> {
  const [from, to] = [new URL(ownerUrl).pathname.slice(1), `backup_${randomUUID().replaceAll('-', '')}`];
  const run = async (sql: string): Promise<void> => {
    const admin = new pg.Client({ connectionString: process.env.TEST_POSTGRES_URL });
    await admin.connect();
    await admin.query(sql).finally(() => admin.end());
  };
  await run(`create database ${to} template ${from} owner messaging_owner`);
  const at = (url: string) => Object.assign(new URL(url), { pathname: `/${to}` }).href;
  const dataSource = new DataSource({ type: 'postgres', url: at(appUrl), entities: messagingEntities });
  return {
    ...{ dataSource, appUrl: at(appUrl), ownerUrl: at(ownerUrl) },
    drop: async () => {
      if (dataSource.isInitialized) await dataSource.destroy();
      await run(`drop database ${to} with (force)`);
    },
  };
}

describeKafka('a database that was restored while Kafka has newer facts', () => {
  let transport: Transport;
  let service: MessagingDatabase;
  let other: MessagingDatabase;
  let backup: MessagingDatabase;
  let restoredTo: Date;
  const running: Messaging[] = [];

  /** Hears what changes about `theirs`, and records what changes about `ours`. */
  const start = async (database: MessagingDatabase): Promise<Messaging> => {
    const heard = on(clientUpdated, async (tx, { version }, { key }) => {
      await tx.query('insert into effect (key, version) values ($1, $2)', [key, version]);
    });
    return messagingOf(database, transport, { service: 'restored', reactions: { work: [heard] } });
  };
  const change = ({ dataSource }: MessagingDatabase, key: string, versions: number[]) =>
    dataSource.transaction((tx) => recordUpdates(tx, key, versions));

  beforeAll(async () => {
    const { brokers, topicPrefix } = await kafkaForTests({ partitions: 1 });
    transport = kafkaTransport({ brokers, topicPrefix, clientId: 'restore', logger: silentLogger });
    [service, other] = [await messagingDatabase(), await messagingDatabase()];
    let program = await start(service);
    running.push(await listener(other, transport, { service: 'other' }));
    await change(service, ours, [1, 2]);
    await change(other, theirs, [1, 2]);
    await eventually(async () => (await versionsHeard(service, theirs)).length === 2);
    await eventually(async () => (await versionsHeard(other, ours)).length === 2);

    await program.close();
    await service.dataSource.destroy();
    restoredTo = new Date();
    backup = await copyOf(service);
    await service.dataSource.initialize();
    program = await start(service);
    await change(service, ours, [3, 4]);
    await change(other, theirs, [3, 4]);
    await eventually(async () => (await versionsHeard(service, theirs)).length === 4);
    await eventually(async () => (await versionsHeard(other, ours)).length === 4);
    running.push(program);
  });
  afterAll(async () => {
    for (const program of running) await program.close();
    for (const database of [service, other, backup]) await database.drop();
  });

  const restore = () =>
    afterRestore({ restored: [{ service: 'restored', ownerUrl: backup.ownerUrl }], transport, restoredTo });

  it('is not touched while the service runs', async () => {
    await expect(restore()).rejects.toThrow('restored must not run: stop all processes first.');
  });

  it('is told what it had sent since, and says the same when it is asked again before its start', async () => {
    await running.pop()?.close();
    const { lost } = await restore();
    expect(await restore()).toMatchObject({ lost });
    expect(lost.map(({ type, key, sequence }) => [type, key, sequence])).toEqual([
      ['ClientUpdated', ours, 3],
      ['ClientUpdated', ours, 4],
    ]);
  });

  it('hears once what the others have sent since, and is heard by them with its next facts', async () => {
    await backup.dataSource.initialize();
    running.push(await start(backup));
    await eventually(async () => (await versionsHeard(backup, theirs)).length >= 4);
    await change(backup, ours, [5]);
    await change(other, theirs, [5]);
    await eventually(async () => (await versionsHeard(other, ours)).includes(5));
    await eventually(async () => (await versionsHeard(backup, theirs)).includes(5));
    expect(await versionsHeard(backup, theirs)).toEqual([1, 2, 3, 4, 5]);
    expect(await versionsHeard(other, ours)).toEqual([1, 2, 3, 4, 5]);
    const numbers = await backup.dataSource.query<{ key_sequence: number; type: string }[]>(
      `select key_sequence, type from outbox where key = $1
       union select key_sequence, type from outbox_archive where key = $1 order by key_sequence`,
      [ours],
    );
    expect(numbers.map(({ key_sequence: number, type }) => [number, type])).toEqual([
      ...[1, 2].map((number) => [number, 'ClientUpdated']),
      ...[3, 4].map((number) => [number, 'FactLost']),
      [5, 'ClientUpdated'],
    ]);
  });
});
