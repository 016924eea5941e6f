import { randomUUID } from 'node:crypto';
import { clientUpdated } from '@throughline/events';
import { pgTimeouts, usualTimeouts } from '@throughline/runtime';
import { eventually } from '@throughline/testing';
import { DataSource } from 'typeorm';
import { messagingDatabase, messagingOf, type MessagingDatabase } from '../contract/test-services.ts';
import { localTransport, on, type Messaging } from '../index.ts';

const shortMs = 200;
const nothing = on(clientUpdated, () => Promise.resolve());
const patiently = { timeoutMs: 60_000 };

describe('positions of one consumer per service', () => {
  let database: MessagingDatabase;
  let owner: DataSource;
  /** The pool of a service, with a time limit that is reached soon. */
  let pool: DataSource;
  let started: Messaging | undefined;

  beforeAll(async () => {
    database = await messagingDatabase();
    owner = await new DataSource({ type: 'postgres', url: database.ownerUrl }).initialize();
    const extra = pgTimeouts({ ...usualTimeouts, statementMs: shortMs, lockMs: shortMs });
    pool = await new DataSource({ type: 'postgres', url: database.appUrl, extra }).initialize();
  });
  beforeEach(() =>
    owner.query(
      `insert into inbox_key (consumer, topic, key, last_sequence) values ('hearer', 'clients.v1', $1, 1)`,
      [randomUUID()],
    ),
  );
  afterEach(() => started?.close());
  afterAll(async () => {
    await Promise.all([owner.destroy(), pool.destroy()]);
    await database.drop();
  });

  const start = async (): Promise<Messaging> =>
    (started = await messagingOf({ ...database, dataSource: pool }, localTransport(), {
      service: 'hearer',
      reactions: { access: [nothing] },
    }));
  const untilHealth = (consumer: string): Promise<unknown> =>
    eventually(() => expect(started?.health()).toMatchObject({ consumer }), patiently);

  it('are taken over however long it takes: the limits of the pool do not count', async () => {
    const holder = owner.createQueryRunner();
    await holder.startTransaction();
    await holder.query('lock table inbox_key in row exclusive mode');
    await start();

    await eventually(async () => {
      const waiting: unknown[] = await owner.query(
        `select from pg_locks where relation = 'inbox_key'::regclass and not granted
           and waitstart < clock_timestamp() - $1 * interval '1 millisecond'`,
        [3 * shortMs],
      );
      expect(waiting).toHaveLength(1);
    }, patiently);
    expect(started?.health()).toMatchObject({ consumer: 'takes over the positions of the release before' });

    await holder.commitTransaction();
    await holder.release();
    await untilHealth('ok');
  });

  it('that cannot be taken over are told by health, and tried again', async () => {
    await owner.query('revoke execute on function split_consumer from messaging_app');
    await start();
    await untilHealth('cannot take over the positions of the release before; tries again');

    await owner.query('grant execute on function split_consumer to messaging_app');
    await untilHealth('ok');
  });
});
