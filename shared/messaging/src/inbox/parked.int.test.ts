import { randomUUID } from 'node:crypto';
import { messagingDatabase, type MessagingDatabase } from '../contract/test-services.ts';
import { decideParked, findParked, listParked } from './parked.ts';

let database: MessagingDatabase;
beforeAll(async () => {
  database = await messagingDatabase();
});
afterAll(() => database.drop());

const retry = { decision: 'RETRY', reason: 'the fault is corrected', by: 'engineer-1' } as const;

async function park(key: string, sequence = 1): Promise<string> {
  const id = randomUUID();
  const fact = { type: 'ClientUpdated', key, version: sequence };
  await database.dataSource.query(
    `insert into parked_message (id, consumer, topic, key, sequence, fact_id, fact, state, attempts, errors)
     values ($1, 'c', 't', $2, $3, $4, $5, 'PARKED', 8, '[]')`,
    [id, key, sequence, randomUUID(), fact],
  );
  return id;
}

describe('parked facts', () => {
  it('are listed page by page, the first failure first', async () => {
    const ids = [await park('a'), await park('b'), await park('c')];
    const [first, second] = await listParked(database.dataSource, { first: 2 });
    expect([first?.id, second?.id]).toEqual(ids.slice(0, 2));
    const rest = await listParked(database.dataSource, { first: 2, after: second?.position ?? '' });
    expect(rest.map(({ id }) => id)).toEqual(ids.slice(2));
  });

  it('can be looked at one by one, with the fact', async () => {
    const id = await park('d', 7);
    expect(await findParked(database.dataSource, id)).toMatchObject({
      id,
      state: 'PARKED',
      decisions: [],
      fact: { type: 'ClientUpdated', version: 7 },
    });
  });

  it('keep every decision with its reason', async () => {
    const id = await park('e');
    const drop = { ...retry, decision: 'DROP', reason: 'still broken' } as const;
    expect(await decideParked(database.dataSource, id, retry)).toBe('DONE');
    await database.dataSource.query(`update parked_message set state = 'PARKED' where id = $1`, [id]);
    expect(await decideParked(database.dataSource, id, drop)).toBe('DONE');
    const found = await findParked(database.dataSource, id);
    expect(found).toMatchObject({ state: 'DROPPED', decisions: [retry, drop] });
  });

  it.each(['nonsense', '', randomUUID()])('of the id %p are unknown', async (id) => {
    expect(await decideParked(database.dataSource, id, retry)).toBe('UNKNOWN');
    expect(await findParked(database.dataSource, id)).toBeNull();
  });

  it('are decided once when two decide at once', async () => {
    const id = await park('f');
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => decideParked(database.dataSource, id, retry)),
    );
    expect(answers.sort()).toEqual(['DONE', ...Array.from({ length: 4 }, () => 'NOT_PARKED')]);
    expect((await findParked(database.dataSource, id))?.decisions).toHaveLength(1);
  });

  it.each(['', '  ', 'x'.repeat(501)])(
    'are not decided without a reason that can be kept',
    async (reason) => {
      const id = await park(randomUUID());
      await expect(decideParked(database.dataSource, id, { ...retry, reason })).rejects.toThrow(RangeError);
      expect(await findParked(database.dataSource, id)).toMatchObject({ state: 'PARKED', decisions: [] });
    },
  );
});
