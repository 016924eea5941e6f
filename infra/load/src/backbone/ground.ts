import { randomBytes, randomUUID } from 'node:crypto';
import { clientUpdated, type Cause, type Fact } from '@throughline/events';
import {
  kafkaTransport,
  messagingEntities,
  messagingMigrations,
  migrateJobs,
  startMessaging,
  type Messaging,
  type MessagingOptions,
  type Transport,
} from '@throughline/messaging';
import { silentLogger } from '@throughline/runtime';
import { DataSource, type EntityManager } from 'typeorm';
import type { Bench } from '../bench.ts';
import { ThingEntity } from './thing.entity.ts';

export const cause: Cause = { actor: { kind: 'SYSTEM', id: 'load' }, correlationId: randomUUID() };

/** One service's database, with a table of its own that its commands and reactions write to. */
export interface Store {
  service: string;
  appUrl: string;
  dataSource: DataSource;
  /** Another door to the same database: what is recorded through it wakes no relay. */
  another: () => Promise<DataSource>;
  close: () => Promise<void>;
}

export async function openStore(service: string, { database }: Bench): Promise<Store> {
  const { ownerUrl, appUrl } = await database(service);
  const migrations = messagingMigrations;
  const owner = await new DataSource({ type: 'postgres', url: ownerUrl, migrations }).initialize();
  await owner.runMigrations();
  await owner.query(
    'create table thing (id uuid primary key, version int not null, at timestamptz not null)',
  );
  await owner.query(`grant select, insert, update on thing to ${service}_app`);
  await owner.destroy();
  await migrateJobs(ownerUrl);

  const opened: DataSource[] = [];
  const another = async (): Promise<DataSource> => {
    const dataSource = await connect(appUrl);
    opened.push(dataSource);
    return dataSource;
  };
  const close = async (): Promise<void> => {
    await Promise.all(opened.map((dataSource) => dataSource.destroy()));
  };
  return { service, appUrl, dataSource: await another(), another, close };
}

export function connect(url: string): Promise<DataSource> {
  const entities = [...messagingEntities, ThingEntity];
  return new DataSource({ type: 'postgres', url, poolSize: 12, entities }).initialize();
}

export function newPrefix(): string {
  return `b${randomBytes(4).toString('hex')}.`;
}

export interface Place {
  brokers: string[];
  topicPrefix: string;
}

/** The shortest that a broker allows by default. */
export const SESSION_TIMEOUT_MS = 6000;

export function transportOf(clientId: string, place: Place): Transport {
  return kafkaTransport({
    ...place,
    clientId,
    partitions: 3,
    sessionTimeoutMs: SESSION_TIMEOUT_MS,
    logger: silentLogger,
  });
}

export function start(
  { service, dataSource, appUrl }: Pick<Store, 'service' | 'dataSource' | 'appUrl'>,
  place: Place,
  options: Pick<MessagingOptions, 'reactions'> & Partial<MessagingOptions>,
): Promise<Messaging> {
  return startMessaging({
    service,
    dataSource,
    databaseUrl: appUrl,
    transport: transportOf(service, place),
    logger: silentLogger,
    ...options,
  });
}

export function factOf(id: string, version = 1): Fact {
  return clientUpdated.of(id, new Date(), { clientId: id, changedFields: ['pronouns'], version });
}

/** What the usual reaction does: one statement. */
export async function keepThing(tx: EntityManager, id: string, version: number): Promise<void> {
  await tx.query(
    `insert into thing values ($1, $2, now())
     on conflict (id) do update set version = excluded.version, at = excluded.at`,
    [id, version],
  );
}
