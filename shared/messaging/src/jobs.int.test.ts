import { randomUUID } from 'node:crypto';
import { eventually } from '@throughline/testing';
import { messagingOf, messagingDatabase, type MessagingDatabase } from './contract/test-services.ts';
import { migrateJobs, schedule, unschedule } from './jobs.ts';
import { localTransport } from './local-transport.ts';
import { listTimers } from './timers.ts';
import type { Messaging } from './start.ts';

let database: MessagingDatabase;
let messaging: Messaging;
const done: unknown[] = [];

beforeAll(async () => {
  database = await messagingDatabase();
  messaging = await messagingOf(database, localTransport(), {
    service: 'jobs',
    jobs: {
      remind: async (payload, { dataSource }) => {
        await dataSource.query('select 1');
        done.push(payload);
      },
      fail: () => Promise.reject(Object.assign(new TypeError('Rosalind Ferro'), { code: '23503' })),
    },
  });
});
afterAll(async () => {
  await messaging.close();
  await database.drop();
});

/** The app role runs all of this: in production no other is at hand. */
describe('jobs', () => {
  it('run after the commit that scheduled them', async () => {
    const id = randomUUID();
    await database.dataSource.transaction(async (tx) => {
      await schedule(tx, 'remind', { id });
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(done).not.toContainEqual({ id });
    });
    await eventually(() => {
      expect(done).toContainEqual({ id });
    });
  });

  it('do not run when the transaction is rolled back', async () => {
    const [id, next] = [randomUUID(), randomUUID()];
    const failing = database.dataSource.transaction(async (tx) => {
      await schedule(tx, 'remind', { id });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await database.dataSource.transaction((tx) => schedule(tx, 'remind', { id: next }));
    await eventually(() => {
      expect(done).toContainEqual({ id: next });
    });
    expect(done).not.toContainEqual({ id });
  });

  it('are replaced by a later one of their key, and can be taken out', async () => {
    const jobKey = randomUUID();
    const [old, replaced, removed] = [randomUUID(), randomUUID(), randomUUID()];
    const later = new Date(Date.now() + 60 * 60 * 1000);
    await database.dataSource.transaction(async (tx) => {
      await schedule(tx, 'remind', { id: old }, { jobKey, runAt: later });
      await schedule(tx, 'remind', { id: removed }, { jobKey: `${jobKey}-2`, runAt: later });
    });
    await database.dataSource.transaction(async (tx) => {
      await schedule(tx, 'remind', { id: replaced }, { jobKey });
      await unschedule(tx, `${jobKey}-2`);
    });
    await eventually(() => {
      expect(done).toContainEqual({ id: replaced });
    });
    const waiting: { key: string }[] = await database.dataSource.query(
      `select key from graphile_worker.jobs where key like $1`,
      [`${jobKey}%`],
    );
    expect(waiting).toEqual([]);
    expect(done).not.toContainEqual({ id: old });
  });

  it('that fail leave class, code and place in the queue, and no text', async () => {
    await database.dataSource.transaction((tx) => schedule(tx, 'fail', {}));
    const failed = await eventually(async () => {
      const [timer] = await listTimers(database.dataSource, { names: ['fail'], first: 1, after: null });
      if (!timer?.lastError) throw new Error('not failed yet');
      return timer;
    });
    expect(failed.lastError).toMatchObject({ name: 'TypeError', code: '23503' });
    const kept: object[] = await database.dataSource.query('select * from graphile_worker.jobs');
    expect(JSON.stringify(kept)).not.toContain('Rosalind');
  });

  it('show a heartbeat', async () => {
    await eventually(async () => {
      const beats: unknown[] = await database.dataSource.query(
        `select 1 from scheduler_heartbeat where worker = 'jobs' and beat_at > now() - interval '1 minute'`,
      );
      expect(beats).toHaveLength(1);
    });
    expect(messaging.health()).toMatchObject({ parts: { jobs: 'ok' } });
  });

  it('can be migrated again while they run', async () => {
    await expect(migrateJobs(database.ownerUrl)).resolves.toBeUndefined();
  });
});
