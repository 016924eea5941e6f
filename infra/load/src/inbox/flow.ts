import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { caseRoleAssigned, staffRecorded, type Fact } from '@throughline/events';
import { kafkaTransport, record, startMessaging, type Transport } from '@throughline/messaging';
import { migrate, notificationsConfig, startNotifications } from '@throughline/notifications';
import { newKeyPair, silentLogger } from '@throughline/runtime';
import pg from 'pg';
import { quantile, type Bench } from '../bench.ts';
import { cause, newPrefix, openStore } from '../backbone/ground.ts';
import { keyPartitioner } from '../../../../shared/messaging/src/kafka/partitioner.ts';

const STAFF = 300;
/** As many as a topic has by default. */
const PARTITIONS = 24;
/** Facts of the storm that one transaction tells. */
const BATCH = 1_000;
const OTHERS = { perSecond: 20 };

export interface Delays {
  p50: number;
  p99: number;
  most: number;
}

export interface Storm {
  others: Delays;
  samePartition: Delays;
  tookMs: number;
  lines: number;
  times: number;
}

export interface Flow {
  /** Facts about clients of one fact each, at a steady rate, and how long each took to its line. */
  steady(rate: { perSecond: number; seconds: number }): Promise<Delays>;
  /** Facts about one client for one person, as fast as they can be told, while others go on. */
  storm(size: number): Promise<Storm>;
  close(): Promise<void>;
}

/** The real notifications service, and an outbox of clients that tells it facts through Kafka. */
export async function openFlow(bench: Bench): Promise<Flow> {
  const teller = await openStore('clients', bench);
  const place = { brokers: bench.brokers, topicPrefix: newPrefix() };
  const transportOf = (clientId: string): Transport =>
    kafkaTransport({
      ...place,
      clientId,
      partitions: PARTITIONS,
      sessionTimeoutMs: 6000,
      logger: silentLogger,
    });
  const { ownerUrl, appUrl } = await bench.database('notifications');
  await migrate(ownerUrl);
  const key = newKeyPair();
  const config = notificationsConfig.parse({
    ...{ PORT: 0, DATABASE_URL: appUrl, KAFKA_BROKERS: bench.brokers.join(',') },
    ...{ VIEWER_PUBLIC_KEYS: key.publicKey, RELEASE_BASIS_PUBLIC_KEYS: key.publicKey },
    ...{ RELEASE_BASIS_PRIVATE_KEY: key.privateKey },
  });
  const hearing = await startNotifications(config, {
    transport: transportOf('notifications'),
    logger: silentLogger,
  });
  const telling = await startMessaging({
    ...{ service: 'clients', dataSource: teller.dataSource, databaseUrl: teller.appUrl },
    ...{ transport: transportOf('clients'), logger: silentLogger, reactions: {} },
  });
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  const staff = Array.from({ length: STAFF + 1 }, () => randomUUID());
  const busy = staff[STAFF] ?? '';
  const tell = (facts: readonly Fact[]): Promise<void> =>
    teller.dataSource.transaction((tx) => record(tx, cause, ...facts));
  const countOf = async (sql: string, values: unknown[] = []): Promise<number> =>
    (await owner.query<{ count: number }>(sql, values)).rows[0]?.count ?? 0;

  await tell(staff.map((staffId) => aMember(staffId)));
  while ((await countOf('select count(*)::int from staff')) < staff.length) await pause(100);

  /** Tells facts about new clients and answers when each was told, by client. */
  async function tellOthers(count: () => boolean, perSecond: number): Promise<Map<string, number>> {
    const told = new Map<string, number>();
    const started = performance.now();
    for (let n = 0; count(); n += 1) {
      await pause(Math.max(0, started + (n * 1000) / perSecond - performance.now()));
      const clientId = randomUUID();
      told.set(clientId, Date.now());
      void tell([aRole(clientId, staff[n % STAFF] ?? '')]);
    }
    return told;
  }

  async function delaysOf(told: ReadonlyMap<string, number>): Promise<Map<string, number>> {
    const ids = [...told.keys()];
    const arrived =
      'select count(distinct client_id)::int as count from notification where client_id = any($1)';
    while ((await countOf(arrived, [ids])) < ids.length) await pause(100);
    const { rows } = await owner.query<{ id: string; at: Date }>(
      'select client_id as id, min(created_at) as at from notification where client_id = any($1) group by client_id',
      [ids],
    );
    return new Map(rows.map(({ id, at }) => [id, at.getTime() - (told.get(id) ?? Number.NaN)]));
  }

  const summary = (delays: Iterable<number>): Delays => {
    const all = [...delays];
    return { p50: quantile(all), p99: quantile(all, 0.99), most: Math.max(0, ...all) };
  };

  return {
    steady: async ({ perSecond, seconds }) => {
      let left = perSecond * seconds;
      const told = await tellOthers(() => (left -= 1) >= 0, perSecond);
      return summary((await delaysOf(told)).values());
    },
    storm: async (size) => {
      const clientId = randomUUID();
      const state = { isOver: false };
      const others = tellOthers(() => !state.isOver, OTHERS.perSecond);
      const started = performance.now();
      for (let told = 0; told < size; told += BATCH)
        await tell(Array.from({ length: Math.min(BATCH, size - told) }, () => aRole(clientId, busy)));
      const counted =
        'select coalesce(sum(times), 0)::int as count from notification where recipient_id = $1 and client_id = $2';
      while ((await countOf(counted, [busy, clientId])) < size) await pause(200);
      const tookMs = performance.now() - started;
      state.isOver = true;
      const delays = await delaysOf(await others);
      const lines = await countOf(
        'select count(*)::int as count from notification where recipient_id = $1 and client_id = $2',
        [busy, clientId],
      );
      const together = Map.groupBy(delays, ([id]) => partitionOf(id) === partitionOf(clientId));
      const delaysThere = (same: boolean): Delays => summary((together.get(same) ?? []).map(([, ms]) => ms));
      const times = await countOf(counted, [busy, clientId]);
      return { others: delaysThere(false), samePartition: delaysThere(true), tookMs, lines, times };
    },
    close: async () => {
      await Promise.all([telling.close(), hearing.close()]);
      await owner.end();
      await teller.close();
    },
  };
}

function aMember(staffId: string): Fact {
  return staffRecorded.of(staffId, new Date(), {
    ...{ staffId, supervisorId: null, roles: ['CASE_MANAGER'], timeZone: 'America/New_York', active: true },
  });
}

function aRole(clientId: string, staffId: string): Fact {
  const data = { clientId, caseId: randomUUID(), staffId, role: 'SECONDARY' as const };
  return caseRoleAssigned.of(clientId, new Date(), data);
}

const partitionMetadata = Array.from({ length: PARTITIONS }, (_, partitionId) => ({
  ...{ partitionId, partitionErrorCode: 0, leader: 0, replicas: [], isr: [] },
}));

function partitionOf(key: string): number {
  return keyPartitioner()({ topic: '', partitionMetadata, message: { key, value: null } });
}
