import { clientUpdated } from '@throughline/events';
import { localTransport, messagingMigrations, on, type Transport } from '@throughline/messaging';
import { silentLogger, type Health } from '@throughline/runtime';
import { eventually, testDatabase, type TestDatabase } from '@throughline/testing';
import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';
import { about, configOf, release, schema } from './a-service.ts';
import { serviceDatabase, type CreateDataSource } from './migrated-database.ts';
import { startService, type RunningService } from './start-service.ts';

class AddNothing1800000000000 implements MigrationInterface {
  up(queryRunner: QueryRunner): Promise<void> {
    return queryRunner.query('select 1') as Promise<void>;
  }

  down(): Promise<void> {
    return Promise.resolve();
  }
}

const nextRelease = serviceDatabase({
  ...about,
  migrations: [...messagingMigrations, AddNothing1800000000000],
});

let database: TestDatabase;
const running: RunningService[] = [];

beforeEach(async () => {
  database = await testDatabase('probes', { migrate: release.migrate });
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((service) => service.close()));
  await database.drop();
});

interface Start {
  createDataSource?: CreateDataSource;
  port?: number;
  transport?: Transport;
}

async function start({
  createDataSource = release.createDataSource,
  port = 0,
  transport = localTransport(),
}: Start = {}): Promise<RunningService> {
  const service = await startService(
    {
      name: 'probes',
      standing: null,
      config: { ...configOf(database), PORT: port },
      createDataSource,
      assemble: () => ({
        schema,
        reactions: { work: [on(clientUpdated, () => Promise.resolve())] },
        jobs: { timers: { rest: () => Promise.resolve() } },
        createContext: () => ({}),
      }),
    },
    { transport, logger: silentLogger },
  );
  running.push(service);
  return service;
}

async function readyz({ url }: RunningService): Promise<{ code: number } & Health> {
  const response = await fetch(new URL('/readyz', url));
  return { code: response.status, ...((await response.json()) as Health) };
}

const allOk = { database: 'ok', migrations: 'ok', consumer: 'ok', relay: 'ok', jobs: 'ok' };
const ready = { code: 200, status: 'ready', parts: allOk };

/** As with a broker that is away: nothing arrives and nothing can be sent. */
const brokenTransport: Transport = {
  publisher: () => Promise.reject(new Error('as the test wants')),
  subscribe: () =>
    Promise.resolve({ health: () => 'nothing fetched lately', close: () => Promise.resolve() }),
};

describe('a service', () => {
  it('is ready when its database is migrated, and facts and timers move', async () => {
    expect(await readyz(await start())).toEqual(ready);
  });

  it('is not ready on a database that its release has not migrated yet, and then is', async () => {
    const service = await start({ createDataSource: nextRelease.createDataSource });
    expect(await readyz(service)).toEqual({
      code: 503,
      status: 'unready',
      parts: { ...allOk, migrations: '1 not applied' },
    });
    await nextRelease.migrate(database.ownerUrl);
    expect(await readyz(service)).toEqual(ready);
  });

  it('is ready on a database that the next release has migrated already', async () => {
    await nextRelease.migrate(database.ownerUrl);
    expect(await readyz(await start())).toEqual(ready);
  });

  it('is not ready, and lives, when its database has gone', async () => {
    const service = await start();
    await database.drop({ patienceMs: 0 });
    await eventually(async () =>
      expect(await readyz(service)).toMatchObject({ code: 503, parts: { database: 'does not answer' } }),
    );
    expect((await fetch(new URL('/healthz', service.url))).status).toBe(200);
  });

  it('is ready, and degraded, while the broker is away and facts wait', async () => {
    const service = await start({ transport: brokenTransport });
    await eventually(async () =>
      expect(await readyz(service)).toEqual({
        code: 200,
        status: 'degraded',
        parts: { ...allOk, consumer: 'work: nothing fetched lately' },
      }),
    );
    const metrics = await (await fetch(new URL('/metrics', service.url))).text();
    expect(metrics).toContain('readiness_part_ok{part="consumer",service="probes"} 0');
    expect(metrics).toContain('readiness_part_ok{part="database",service="probes"} 1');
  });

  it('closes what it opened when it cannot start', async () => {
    const { url } = await start();
    const opened: DataSource[] = [];
    const remembered = (address: string): DataSource => {
      const dataSource = release.createDataSource(address);
      opened.push(dataSource);
      return dataSource;
    };
    await expect(start({ createDataSource: remembered, port: Number(new URL(url).port) })).rejects.toThrow(
      'is taken',
    );
    expect(opened.map(({ isInitialized }) => isInitialized)).toEqual([false]);
  });
});
