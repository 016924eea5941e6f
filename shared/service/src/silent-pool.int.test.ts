import { localTransport } from '@throughline/messaging';
import { silentLogger, type ServiceConfig } from '@throughline/runtime';
import { eventually, testDatabase, type TestDatabase } from '@throughline/testing';
import type { EntityManager } from 'typeorm';
import { configOf, release, schema } from './a-service.ts';
import { startService, type RunningService } from './start-service.ts';

let database: TestDatabase;
let service: RunningService;

beforeEach(async () => {
  database = await testDatabase('probes', { migrate: release.migrate });
});
afterEach(async () => {
  await service.close();
  await database.drop();
});

async function start(settings: Partial<ServiceConfig>): Promise<void> {
  service = await startService(
    {
      name: 'probes',
      standing: null,
      config: { ...configOf(database), ...settings },
      createDataSource: release.createDataSource,
      assemble: () => ({ schema, reactions: {}, createContext: () => ({}) }),
    },
    { transport: localTransport(), logger: silentLogger },
  );
}

async function healthz(): Promise<{ code: number; status: string }> {
  const response = await fetch(new URL('/healthz', service.url));
  return { code: response.status, ...((await response.json()) as { status: string }) };
}

/** Transactions that keep all five connections of the pool; call the answer to let them end. */
async function keepAllConnections(): Promise<() => Promise<void>> {
  const end = Promise.withResolvers<undefined>();
  const begun = Promise.withResolvers<undefined>();
  let count = 0;
  const keep = async (tx: EntityManager): Promise<void> => {
    await tx.query('select 1');
    count += 1;
    if (count === 5) begun.resolve(undefined);
    await end.promise;
  };
  const kept = Promise.allSettled(Array.from({ length: 5 }, () => service.dataSource.transaction(keep)));
  await begun.promise;
  return async () => {
    end.resolve(undefined);
    await kept;
  };
}

describe('a service whose database pool answers nothing', () => {
  it('is not alive after the limit, says why, and is alive again when the pool answers', async () => {
    await start({ DATABASE_SILENCE_LIMIT_MS: 500, DATABASE_IDLE_IN_TRANSACTION_TIMEOUT_MS: 3_600_000 });
    expect(await healthz()).toEqual({ code: 200, status: 'ok' });
    const letGo = await keepAllConnections();
    await eventually(async () =>
      expect(await healthz()).toEqual({
        code: 503,
        status: expect.stringMatching(/^the database pool has not answered for \d+ s$/) as string,
      }),
    );
    await letGo();
    await eventually(async () => expect(await healthz()).toEqual({ code: 200, status: 'ok' }));
  });

  it('heals by itself when each of its transactions waits for a second connection', async () => {
    await start({ DATABASE_CONNECTION_TIMEOUT_MS: 500 });
    const transactions = Array.from({ length: 24 }, () =>
      service.dataSource.transaction(async (tx) => {
        await tx.query('select 1');
        await service.dataSource.query('select 1');
      }),
    );
    await Promise.allSettled(transactions);
    await expect(service.dataSource.query('select 1 as one')).resolves.toEqual([{ one: 1 }]);
    expect(await healthz()).toEqual({ code: 200, status: 'ok' });
  });
});

describe('a session of a service', () => {
  it.each([
    ['a statement', 'DATABASE_STATEMENT_TIMEOUT_MS', 'select pg_sleep(60)', '57014'],
    ['a wait for a lock', 'DATABASE_LOCK_TIMEOUT_MS', 'select pg_advisory_xact_lock(1)', '55P03'],
  ])('ends %s that takes longer than its setting', async (_what, setting, sql, code) => {
    await start({ [setting]: 100 });
    await service.dataSource.transaction(async (tx) => {
      await tx.query('select pg_advisory_xact_lock(1)');
      await expect(service.dataSource.query(sql)).rejects.toMatchObject({ driverError: { code } });
    });
  });

  it('ends a transaction that is not used for longer than its setting', async () => {
    await start({ DATABASE_IDLE_IN_TRANSACTION_TIMEOUT_MS: 100 });
    const forgotten = service.dataSource.transaction(async (tx) => {
      await tx.query('select 1');
      await eventually(async () => {
        const rows: unknown[] = await service.dataSource.query(
          `select 1 from pg_stat_activity where datname = current_database() and state = 'idle in transaction'`,
        );
        expect(rows).toEqual([]);
      });
      await tx.query('select 1');
    });
    await expect(forgotten).rejects.toThrow();
    await expect(service.dataSource.query('select 1 as one')).resolves.toEqual([{ one: 1 }]);
  });
});
