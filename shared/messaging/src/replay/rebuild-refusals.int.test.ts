import { randomUUID } from 'node:crypto';
import { clientUpdated } from '@throughline/events';
import { eventually } from '@throughline/testing';
import type { EntityManager } from 'typeorm';
import {
  asOwner,
  createUpdateTables,
  damage,
  dueState,
  rebuildUpdates,
  stateOf,
  updates,
} from '../contract/test-projection.ts';
import {
  cause,
  messagingDatabase,
  messagingOf,
  oneTo,
  quickRetry,
  recordUpdates,
  updated,
  type MessagingDatabase,
} from '../contract/test-services.ts';
import {
  decideParked,
  defineProjection,
  fromArchives,
  listParked,
  localTransport,
  on,
  record,
  schedule,
  withProjections,
  type Messaging,
  type OpenSource,
} from '../index.ts';

let database: MessagingDatabase;
let service: Messaging;
const poison = randomUUID();
const first = randomUUID();

const recordOf = (key: string, versions: readonly number[]): Promise<void> =>
  database.dataSource.transaction((tx) => recordUpdates(tx, key, versions));
const untilHandled = (): Promise<unknown> =>
  eventually(async () => expect(await stateOf(database)).toEqual(await dueState(database)));
const placesOf = async (key: string): Promise<number[]> =>
  (await stateOf(database)).lines.filter((line) => line.key === key).map(({ place }) => place);
const leftovers = (): Promise<unknown[]> =>
  database.dataSource.query(`select nspname from pg_namespace where nspname like 'rebuild%'`);

beforeAll(async () => {
  database = await messagingDatabase();
  await createUpdateTables(database.ownerUrl);
  const refuse = on(clientUpdated, (_tx, { version }, { key }) =>
    key === poison && version === 2 ? Promise.reject(new Error('as the test wants')) : Promise.resolve(),
  );
  service = await messagingOf(database, localTransport(), {
    service: 'messaging',
    reactions: withProjections([updates], { view: [refuse] }),
    retry: quickRetry,
  });
  await Promise.all(oneTo(30).map((n) => recordOf(n === 1 ? first : randomUUID(), oneTo(12))));
  await untilHandled();
});
afterAll(async () => {
  await service.close();
  await database.drop();
});

/** The archive, which stops after some pages and waits until the test says how it continues. */
function standingStill(): {
  source: OpenSource;
  reached: Promise<unknown>;
  goOn: (how: Promise<unknown>) => void;
} {
  const reached = Promise.withResolvers<unknown>();
  const gate = Promise.withResolvers<unknown>();
  return {
    reached: reached.promise,
    goOn: gate.resolve,
    source: async (opening) => {
      const archive = await fromArchives({ clients: database.appUrl })(opening);
      return {
        close: () => archive.close(),
        read: async (...asked) => {
          const facts = await archive.read(...asked);
          reached.resolve(undefined);
          await gate.promise;
          return facts;
        },
      };
    },
  };
}

describe('a rebuild that does not come to its end', () => {
  it.each<[string, (abort: AbortController) => Promise<unknown>]>([
    ['its source fails', () => Promise.reject(new Error('no more'))],
    [
      'it is stopped',
      (abort) => {
        abort.abort(new Error('no more'));
        return Promise.resolve();
      },
    ],
    [
      'its sessions are cut off',
      () =>
        asOwner(database.ownerUrl, (owner) =>
          owner.query(
            `select pg_terminate_backend(pid) from pg_stat_activity
             where datname = current_database() and usename = current_user and pid <> pg_backend_pid()`,
          ),
        ),
    ],
  ])('leaves everything as it was when %s, and the next one begins again', async (_why, end) => {
    await damage(database.ownerUrl, 4);
    const damaged = await stateOf(database);
    const { source, reached, goOn } = standingStill();
    const abort = new AbortController();
    const rebuilding = rebuildUpdates(database, { source, signal: abort.signal });
    rebuilding.catch(() => undefined);
    await reached;
    goOn(end(abort));
    await expect(rebuilding).rejects.toThrow();
    expect(await stateOf(database)).toEqual(damaged);

    expect(await rebuildUpdates(database)).toMatchObject({ outcome: 'TAKEN_OVER' });
    await untilHandled();
    expect(await leftovers()).toEqual([]);
  });

  it('is alone: a second one of the same projection is refused meanwhile', async () => {
    const { source, reached, goOn } = standingStill();
    const rebuilding = rebuildUpdates(database, { source });
    await reached;
    await expect(rebuildUpdates(database)).rejects.toThrow('updates is being rebuilt already');
    goOn(Promise.resolve());
    expect(await rebuilding).toMatchObject({ outcome: 'TAKEN_OVER' });
  });
});

describe('a reaction of a projection', () => {
  const elsewhere = (tx: EntityManager): Promise<unknown> =>
    tx.query(`insert into effect (key, version) values ('x', 1)`);
  it.each<[string, (tx: EntityManager) => Promise<unknown>, RegExp]>([
    ['records a fact', (tx) => record(tx, cause, updated(randomUUID(), 1)), /records facts/],
    ['schedules a job', (tx) => schedule(tx, 'job', {}), /schedules a job/],
    ['writes to a table that is not its own', elsewhere, /writes to public.effect/],
    [
      'writes past its tables by name',
      (tx) =>
        tx
          .query(`delete from public.update_line where false`)
          .then(() => tx.query(`update public.latest_update set heard = 0`)),
      /writes to public.latest_update/,
    ],
  ])('that %s stops a rebuild, and its effect is undone', async (_what, effect, told) => {
    const before = await stateOf(database);
    const counted = await counts();
    const projection = defineProjection({
      ...updates,
      reactions: [on(clientUpdated, (tx) => effect(tx).then(() => undefined))],
    });
    await expect(rebuildUpdates(database, { projection })).rejects.toThrow(told);
    expect(await stateOf(database)).toEqual(before);
    expect(await counts()).toEqual(counted);
    expect(await leftovers()).toEqual([]);
  });

  async function counts(): Promise<string[]> {
    const rows: { n: string }[] = await database.dataSource.query(
      `select count(*) as n from outbox union all select count(*) from effect
       union all select count(*) from graphile_worker._private_jobs`,
    );
    return rows.map(({ n }) => n);
  }
});

describe('a fact that the service could not handle', () => {
  it('is passed by while it is parked, and after it was given up', async () => {
    await recordOf(poison, [1, 2, 3]);
    const parked = await eventually(async () => {
      const [found] = await listParked(database.dataSource, { states: ['PARKED'] });
      expect(found).toBeDefined();
      return found!;
    });
    expect(await rebuildUpdates(database)).toMatchObject({ outcome: 'TAKEN_OVER', skipped: 0 });
    expect(await placesOf(poison)).toEqual([1]);

    await decideParked(database.dataSource, parked.id, { decision: 'DROP', reason: 'lost', by: 'ines' });
    await eventually(async () => expect(await placesOf(poison)).toHaveLength(2));
    expect(await rebuildUpdates(database)).toMatchObject({ outcome: 'TAKEN_OVER', skipped: 1 });
    expect(await placesOf(poison)).toEqual([1, 3]);
  });
});

describe('a projection whose consumer has not heard anything', () => {
  it('is left as it is: it may have moved from another concern', async () => {
    const moved = { ...updates, concern: 'work' } as const;
    await expect(rebuildUpdates(database, { projection: moved })).rejects.toThrow(
      'has not heard anything yet',
    );
  });
});

describe('a source that lacks facts', () => {
  it('changes nothing, unless that is accepted', async () => {
    const before = await stateOf(database);
    await asOwner(database.ownerUrl, (owner) =>
      owner.query('delete from outbox where key = $1 and key_sequence <= 3', [first]),
    );
    const refused = await rebuildUpdates(database);
    expect(refused).toMatchObject({ outcome: 'GAPS', missing: 3, keysWithGaps: 1 });
    expect(refused.tables[1]).toMatchObject({ table: 'update_line', removed: 3, added: 0, changed: 0 });
    const deciding = { ...updates, concern: 'access' } as const;
    await asOwner(database.ownerUrl, (owner) =>
      owner.query(`insert into inbox_key (consumer, topic, key, last_sequence)
                   select 'messaging.access', topic, key, last_sequence from inbox_key where consumer = 'messaging.view'`),
    );
    expect(await rebuildUpdates(database, { acceptGaps: true, projection: deciding })).toMatchObject({
      outcome: 'GAPS',
    });
    expect(await stateOf(database)).toEqual(before);
    expect(await rebuildUpdates(database, { acceptGaps: true })).toMatchObject({ outcome: 'TAKEN_OVER' });
    expect(await placesOf(first)).toEqual(oneTo(12).slice(3));
  });
});
