import { randomUUID } from 'node:crypto';
import { createMetrics } from '@throughline/runtime';
import { eventually } from '@throughline/testing';
import { DataSource } from 'typeorm';
import { messagingOf, messagingDatabase, type MessagingDatabase } from '../contract/test-services.ts';
import { CLEAN_UP } from './clean-up.ts';
import { schedule, unschedule } from './job.ts';
import { migrateJobs } from './migrate-jobs.ts';
import { localTransport } from '../local-transport.ts';
import { listTimers } from './timers.ts';
import type { Messaging } from '../start.ts';

let database: MessagingDatabase;
let messaging: Messaging;
const done: unknown[] = [];

beforeAll(async () => {
  database = await messagingDatabase();
  messaging = await messagingOf(database, localTransport(), {
    service: 'jobs',
    lostAfterSeconds: 2,
    jobs: {
      timers: {
        remind: async (payload, { dataSource }) => {
          await dataSource.query('select 1');
          done.push(payload);
        },
        fail: () => Promise.reject(Object.assign(new TypeError('Rosalind Ferro'), { code: '23503' })),
      },
    },
  });
});
afterAll(async () => {
  await messaging.close();
  await database.drop();
});

const inAnHour = (): Date => new Date(Date.now() + 60 * 60 * 1000);

/** The app role runs all of this; production has no other role. */
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

  it('run when the process that had taken them is gone, and stay with one that has just taken them', async () => {
    const [lost, taken] = [randomUUID(), randomUUID()];
    for (const [id, since] of [
      [lost, '1 minute'],
      [taken, '-1 hour'],
    ] as const) {
      await schedule(database.dataSource.manager, 'remind', { id }, { runAt: inAnHour(), jobKey: id });
      await database.dataSource.query(
        `update graphile_worker._private_jobs
         set run_at = now(), locked_by = $1, locked_at = now() - $2::interval where key = $1`,
        [id, since],
      );
    }
    await eventually(() => {
      expect(done).toContainEqual({ id: lost });
    });
    expect(done).not.toContainEqual({ id: taken });
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
    expect(messaging.health()).toMatchObject({ jobs: 'ok' });
  });

  it('of one class wait for no job of another: 50 dead receivers take the slots of deliveries and no more', async () => {
    const service = 'classes';
    const [hang, ran, deliveries] = [Promise.withResolvers<undefined>(), [] as unknown[], { hanging: 0 }];
    const own = await messagingDatabase();
    const metrics = createMetrics(service);
    const other = await messagingOf(own, localTransport(), {
      service,
      metrics,
      slots: { deliveries: 16 },
      jobs: {
        timers: { ring: (payload) => Promise.resolve(void ran.push(payload)) },
        deliveries: {
          hang: () => {
            deliveries.hanging += 1;
            return hang.promise;
          },
        },
      },
    });
    const slotsOf = async (jobClass: string): Promise<number | undefined> => {
      const { values } = (await metrics.getSingleMetric('job_slots_busy')?.get()) ?? { values: [] };
      return values.find(({ labels }) => labels.job_class === jobClass)?.value;
    };
    try {
      await own.dataSource.transaction(async (tx) => {
        for (let nth = 0; nth < 50; nth += 1) await schedule(tx, 'hang', {});
      });
      await eventually(() => {
        expect(deliveries.hanging).toBe(16);
      });
      const beganAt = new Date();
      await own.dataSource.transaction(async (tx) => {
        for (let nth = 0; nth < 5; nth += 1) await schedule(tx, 'ring', { nth });
        await tx.query(
          `select graphile_worker.add_job('messaging.heartbeat', job_key => 'messaging.heartbeat')`,
        );
      });
      await eventually(async () => {
        expect(ran).toHaveLength(5);
        const beats: unknown[] = await own.dataSource.query(
          'select 1 from scheduler_heartbeat where worker = $1 and beat_at >= $2',
          [service, beganAt],
        );
        expect(beats).toHaveLength(1);
      });
      expect([deliveries.hanging, await slotsOf('deliveries'), await slotsOf('timers')]).toEqual([16, 16, 0]);
    } finally {
      hang.resolve(undefined);
      await other.close();
      await own.drop();
    }
  });

  it('leave no names of queues and no jobs that failed for good long ago', async () => {
    const { dataSource } = database;
    const owner = await new DataSource({ type: 'postgres', url: database.ownerUrl }).initialize();
    await dataSource.transaction((tx) => schedule(tx, 'remind', {}, { queueName: `used-${randomUUID()}` }));
    await dataSource.transaction((tx) => schedule(tx, 'given up', {}, { runAt: new Date(8.64e15) }));
    await owner.query(`update graphile_worker._private_jobs set attempts = max_attempts, updated_at = now() - interval '31 days'
                       where task_id = (select id from graphile_worker._private_tasks where identifier = 'given up')`);
    await dataSource.transaction((tx) => schedule(tx, CLEAN_UP, {}, { jobKey: CLEAN_UP }));
    await eventually(async () => {
      const queues: unknown[] = await owner.query('select 1 from graphile_worker._private_job_queues');
      const failed = await listTimers(dataSource, { names: ['given up'], first: 1, after: null });
      const [next] = await listTimers(dataSource, { names: [CLEAN_UP], first: 1, after: null });
      expect([queues, failed]).toEqual([[], []]);
      expect(next?.runAt.getTime()).toBeGreaterThan(Date.now());
    });
    await owner.destroy();
  });

  it('can be migrated again while they run', async () => {
    await expect(migrateJobs(database.ownerUrl)).resolves.toBeUndefined();
  });
});
