import { clientUpdated, type Cause, type Fact } from '@throughline/events';
import { silentLogger } from '@throughline/runtime';
import { testDatabase } from '@throughline/testing';
import { DataSource, type EntityManager } from 'typeorm';
import {
  messagingEntities,
  messagingMigrations,
  migrateJobs,
  on,
  record,
  startMessaging,
  type Messaging,
  type MessagingOptions,
  type Transport,
} from '../index.ts';

export const cause: Cause = { actor: { kind: 'SYSTEM', id: 'contract' }, correlationId: 'contract' };

export interface MessagingDatabase {
  dataSource: DataSource;
  ownerUrl: string;
  appUrl: string;
  drop(): Promise<void>;
}

/** A separate migrated database, opened as the app role, with one table for the effects of handlers. */
export async function messagingDatabase(): Promise<MessagingDatabase> {
  const database = await testDatabase('messaging', { migrate });
  const { appUrl, ownerUrl } = database;
  const dataSource = new DataSource({ type: 'postgres', url: appUrl, entities: messagingEntities });
  await dataSource.initialize();
  return {
    dataSource,
    ownerUrl,
    appUrl,
    drop: async () => {
      if (dataSource.isInitialized) await dataSource.destroy();
      await database.drop();
    },
  };
}

async function migrate(ownerUrl: string): Promise<void> {
  const owner = new DataSource({
    type: 'postgres',
    url: ownerUrl,
    entities: messagingEntities,
    migrations: messagingMigrations,
  });
  await owner.initialize();
  await owner.runMigrations();
  await owner.query(`
    create table effect (n serial primary key, key text not null, version integer not null);
    grant select, insert on effect to messaging_app;
    grant usage on sequence effect_n_seq to messaging_app;`);
  await owner.destroy();
  await migrateJobs(ownerUrl);
}

/** Behaviour of a handler in a test: nothing, or an error for some facts. */
export interface Behaviour {
  fails: (fact: { key: string; version: number }) => boolean;
}

export const quickRetry = { attempts: 3, firstDelayMs: 10, maxDelayMs: 50 };

/** Stores each fact that it handles, in the order of handling. */
export function listener(
  database: MessagingDatabase,
  transport: Transport,
  { service, behaviour }: { service: string; behaviour?: Behaviour },
): Promise<Messaging> {
  const writeDown = on(clientUpdated, async (tx, { version }, { key }) => {
    await tx.query('insert into effect (key, version) values ($1, $2)', [key, version]);
    if (behaviour?.fails({ key, version })) throw new Error('as the test wants');
  });
  return messagingOf(database, transport, { service, reactions: { work: [writeDown] }, retry: quickRetry });
}

export function messagingOf(
  { dataSource, appUrl }: MessagingDatabase,
  transport: Transport,
  options: Pick<MessagingOptions, 'service'> & Partial<MessagingOptions>,
): Promise<Messaging> {
  return startMessaging({
    dataSource,
    databaseUrl: appUrl,
    transport,
    reactions: {},
    logger: silentLogger,
    ...options,
  });
}

export function updated(key: string, version: number): Fact {
  return clientUpdated.of(key, new Date(), { clientId: key, changedFields: ['language'], version });
}

export function recordUpdates(tx: EntityManager, key: string, versions: readonly number[]): Promise<void> {
  return record(tx, cause, ...versions.map((version) => updated(key, version)));
}

export async function versionsHeard({ dataSource }: MessagingDatabase, key: string): Promise<number[]> {
  const rows: { version: number }[] = await dataSource.query(
    'select version from effect where key = $1 order by n',
    [key],
  );
  return rows.map(({ version }) => version);
}

export function oneTo(last: number): number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}
