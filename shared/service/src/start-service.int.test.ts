import { clientUpdated } from '@throughline/events';
import { localTransport, messagingMigrations, on } from '@throughline/messaging';
import { silentLogger } from '@throughline/runtime';
import { eventually, testDatabase, type TestDatabase } from '@throughline/testing';
import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';
import { about, configOf, release, schema } from './a-service.ts';
import { serviceDatabase } from './migrated-database.ts';
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

async function start(createDataSource = release.createDataSource, port = 0): Promise<RunningService> {
  const service = await startService(
    {
      name: 'probes',
      config: { ...configOf(database), PORT: port },
      createDataSource,
      assemble: () => ({
        schema,
        reactions: [on(clientUpdated, () => Promise.resolve())],
        jobs: { rest: () => Promise.resolve() },
        createContext: () => ({}),
      }),
    },
    { transport: localTransport(), logger: silentLogger },
  );
  running.push(service);
  return service;
}

async function readyz({ url }: RunningService): Promise<{ status: number; parts: unknown }> {
  const response = await fetch(new URL('/readyz', url));
  const { parts } = (await response.json()) as { parts: unknown };
  return { status: response.status, parts };
}

const allWell = { database: 'ok', migrations: 'ok', consumer: 'ok', relay: 'ok', jobs: 'ok' };

describe('a service', () => {
  it('is ready when its database is migrated, and facts and timers move', async () => {
    expect(await readyz(await start())).toEqual({ status: 200, parts: allWell });
  });

  it('is not ready on a database that its release has not migrated yet, and then is', async () => {
    const service = await start(nextRelease.createDataSource);
    expect(await readyz(service)).toEqual({
      status: 503,
      parts: { ...allWell, migrations: '1 not applied' },
    });
    await nextRelease.migrate(database.ownerUrl);
    expect(await readyz(service)).toEqual({ status: 200, parts: allWell });
  });

  it('is ready on a database that the next release has migrated already', async () => {
    await nextRelease.migrate(database.ownerUrl);
    expect(await readyz(await start())).toEqual({ status: 200, parts: allWell });
  });

  it('is not ready, and lives, when its database has gone', async () => {
    const service = await start();
    await database.drop({ patienceMs: 0 });
    await eventually(async () =>
      expect(await readyz(service)).toMatchObject({ status: 503, parts: { database: 'does not answer' } }),
    );
    expect((await fetch(new URL('/healthz', service.url))).status).toBe(200);
  });

  it('closes what it opened when it cannot start', async () => {
    const { url } = await start();
    const opened: DataSource[] = [];
    const remembered = (address: string): DataSource => {
      const dataSource = release.createDataSource(address);
      opened.push(dataSource);
      return dataSource;
    };
    await expect(start(remembered, Number(new URL(url).port))).rejects.toThrow('is taken');
    expect(opened.map(({ isInitialized }) => isInitialized)).toEqual([false]);
  });
});
