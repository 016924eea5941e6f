import { randomUUID } from 'node:crypto';
import { schedule, type When } from '@throughline/messaging';
import { eventually } from '@throughline/testing';
import { aViewer, backboneService, statementsOf, type BackboneService } from './a-backbone.ts';

const engineer = aViewer('PLATFORM_ENGINEER');
const secret = 'Rosalind Ferro';
const gate = Promise.withResolvers<undefined>();

let service: BackboneService;
beforeAll(async () => {
  service = await backboneService({
    jobs: {
      remind: () => Promise.resolve(),
      dwell: () => gate.promise,
      fail: () => Promise.reject(Object.assign(new TypeError(secret), { code: 'E_NO_CLIENT' })),
    },
  });
});
afterAll(async () => {
  gate.resolve(undefined);
  await service.close();
});

interface Timer {
  id: string;
  name: string;
  key: string | null;
  state: string;
  runAt: string;
  attempts: number;
  maxAttempts: number;
  lastError: { name: string; code: string | null; where: string | null } | null;
  lockedSince: string | null;
}
interface Page {
  edges: { node: Timer }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

const query = `query ($names: [String!], $states: [TimerState!], $order: TimerOrder, $first: Int, $after: Cursor) {
  probesBackbone { timers(names: $names, states: $states, order: $order, first: $first, after: $after) {
    edges { node { id name key state runAt attempts maxAttempts lastError { at name code where } lockedSince } }
    pageInfo { hasNextPage endCursor } } } }`;

async function page(variables: object): Promise<Page> {
  const { data, errors } = await service.ask<{ probesBackbone: { timers: Page } }>(
    engineer,
    query,
    variables,
  );
  if (!data) throw new Error(JSON.stringify(errors));
  return data.probesBackbone.timers;
}

const timers = async (variables: object): Promise<Timer[]> =>
  (await page(variables)).edges.map(({ node }) => node);

const add = (name: string, when: When) =>
  service.db.transaction((tx) => schedule(tx, name, { clientId: randomUUID() }, when));

const inMinutes = (minutes: number): Date => new Date(Date.now() + minutes * 60_000);

describe('a timer', () => {
  it('is listed until it has fired, and once although it was replaced', async () => {
    const jobKey = `consent:${randomUUID()}`;
    await add('remind', { jobKey, runAt: inMinutes(60) });
    const runAt = inMinutes(120);
    await add('remind', { jobKey, runAt });
    const listed = (await timers({ names: ['remind'] })).filter(({ key }) => key === jobKey);
    expect(listed).toMatchObject([
      { name: 'remind', state: 'WAITING', runAt: runAt.toISOString(), attempts: 0, maxAttempts: 25 },
    ]);
    expect(listed).toMatchObject([{ lastError: null, lockedSince: null }]);
    await add('remind', { jobKey });
    await eventually(async () => {
      const left = (await timers({ names: ['remind'] })).map(({ key }) => key);
      expect(left).not.toContain(jobKey);
    });
  });

  it('is RUNNING while it is being done, and says since when', async () => {
    await add('dwell', {});
    const running = await eventually(async () => {
      const [found] = await timers({ names: ['dwell'], states: ['RUNNING'] });
      if (!found) throw new Error('not begun');
      return found;
    });
    expect(running).toMatchObject({
      state: 'RUNNING',
      attempts: 1,
      lockedSince: expect.any(String) as string,
    });
  });

  it('that fails waits to be tried again and tells class, code and place, never the text', async () => {
    await add('fail', {});
    const failed = await eventually(async () => {
      const [found] = await timers({ names: ['fail'], states: ['WAITING'] });
      if (!found?.lastError) throw new Error('not failed yet');
      return found;
    });
    expect(failed).toMatchObject({ attempts: 1, lastError: { name: 'TypeError', code: 'E_NO_CLIENT' } });
    expect(failed.lastError?.where).toMatch(/^at .*timers\.int\.test/);
    const kept: { last_error: string }[] = await service.db.query(
      `select last_error from graphile_worker.jobs where task_identifier = 'fail'`,
    );
    expect(JSON.stringify(kept)).not.toContain(secret);
    expect(service.lines.join()).toContain('"name":"TypeError","code":"E_NO_CLIENT"');
    expect(service.lines.join()).not.toContain(secret);
  });

  it('that failed as often as it may is FAILED, whatever somebody wrote into the queue', async () => {
    await add('remind', { jobKey: 'given-up', runAt: inMinutes(1) });
    await service.db.query(
      `select graphile_worker.permanently_fail_jobs(
         array(select id from graphile_worker.jobs where key = 'given-up'), $1)`,
      [secret],
    );
    const failed = await timers({ states: ['FAILED'] });
    expect(failed).toMatchObject([
      {
        key: 'given-up',
        state: 'FAILED',
        attempts: 25,
        lastError: { name: 'Error', code: null, where: null },
      },
    ]);
    expect((await timers({ states: ['WAITING'], first: 100 })).map(({ key }) => key)).not.toContain(
      'given-up',
    );
  });
});

describe('the list of timers', () => {
  const keys = Array.from({ length: 5 }, (_, index) => `sorted-${index}`);
  beforeAll(async () => {
    // Two and two at the same moment: their ids decide.
    for (const [index, jobKey] of keys.entries())
      await add('remind', { jobKey, runAt: inMinutes(500 + Math.floor(index / 2)) });
    // A database has microseconds, which a Date does not have.
    await service.db.query(
      `select graphile_worker.reschedule_jobs(array[id], run_at => run_at + interval '7 microseconds')
       from graphile_worker.jobs where key like 'sorted-%'`,
    );
  });

  it.each([
    ['ASC', keys],
    ['DESC', keys.toReversed()],
  ])('is sorted by time, %s, and its pages show each timer once', async (order, expected) => {
    const seen: (string | null)[] = [];
    let after: string | null = null;
    do {
      const found: Page = await page({ order, names: ['remind'], first: 2, after });
      seen.push(...found.edges.map(({ node }) => node.key));
      after = found.pageInfo.hasNextPage ? found.pageInfo.endCursor : null;
    } while (after);
    expect(seen.filter((key) => key?.startsWith('sorted-'))).toEqual(expected);
  });

  it('takes as many statements for one as for many', async () => {
    for (const first of [1, 100])
      expect(await statementsOf(service, /graphile_worker\.jobs/, () => timers({ first }))).toBe(2);
  });

  it('refuses a cursor of another list', async () => {
    const { errors } = await service.ask(engineer, query, { after: 'WyJvbmUiXQ' });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
  });
});

describe('the scheduler', () => {
  const scheduler = async () => {
    const asked = '{ probesBackbone { scheduler { lastBeatAt isLate } } }';
    const { data } = await service.ask<{
      probesBackbone: { scheduler: { lastBeatAt: string | null; isLate: boolean } | null };
    }>(engineer, asked);
    return data?.probesBackbone.scheduler;
  };

  it('shows its heartbeat, and that it is late when that was over a minute ago', async () => {
    await eventually(async () => expect(await scheduler()).toMatchObject({ isLate: false }));
    const beat = (ago: string) =>
      service.db.query(
        `update scheduler_heartbeat set beat_at = now() - $1::interval where worker = 'probes'`,
        [ago],
      );
    await beat('59 seconds');
    expect(await scheduler()).toMatchObject({ isLate: false });
    await beat('61 seconds');
    expect(await scheduler()).toEqual({ isLate: true, lastBeatAt: expect.any(String) as string });
  });
});
