import { randomUUID } from 'node:crypto';
import { createDataSource, migrate } from '@throughline/clients';
import { testDatabase, type TestDatabase } from '@throughline/testing';
import type { DataSource } from 'typeorm';
import { answerParked, type Asked } from './parked-command.ts';

let database: TestDatabase;
let db: DataSource;
beforeAll(async () => {
  database = await testDatabase('clients', { migrate });
  db = await createDataSource(database.appUrl).initialize();
});
afterAll(async () => {
  await db.destroy();
  await database.drop();
});

const ask = (action: string, more: Partial<Asked> = {}) =>
  answerParked(db, { action, id: '', reason: null, by: 'ines', after: null, all: false, ...more });

async function park(state = 'PARKED'): Promise<string> {
  const id = randomUUID();
  await db.query(
    `insert into parked_message (id, consumer, topic, key, sequence, fact_id, fact, state, attempts, errors)
     values ($1, 'c', 't', 'k', 1, $2, '{"type": "DisclosureMade"}', $3, 8, '[{"name": "QueryFailedError", "code": "23503"}]')`,
    [id, randomUUID(), state],
  );
  return id;
}

describe('the command for parked facts', () => {
  it('says when there is nothing', async () => {
    expect(await ask('list')).toEqual({ code: 0, text: 'Nothing is parked: every fact was handled.' });
  });

  it('lists, shows, and has a fact tried again with a reason', async () => {
    const id = await park();
    expect((await ask('list')).text).toMatch(
      new RegExp(`^${id}  PARKED   DisclosureMade k#1 for c, .*QueryFailedError 23503$`),
    );
    expect(await ask('retry', { id, reason: 'migrated' })).toMatchObject({ code: 0 });
    const shown = JSON.parse((await ask('show', { id })).text) as unknown;
    expect(shown).toMatchObject({
      state: 'WAITING',
      decisions: [{ decision: 'RETRY', reason: 'migrated', by: 'ines' }],
    });
  });

  it('says that a second decision changed nothing', async () => {
    const id = await park();
    await ask('drop', { id, reason: 'not needed' });
    expect(await ask('drop', { id, reason: 'not needed' })).toEqual({
      code: 1,
      text: 'It waits for no decision: it is DROPPED. Nothing was changed.',
    });
    expect((await ask('list')).text).not.toContain(id);
    expect((await ask('list', { all: true })).text).toContain(id);
  });

  it.each<[string, Partial<Asked>, number, RegExp]>([
    ['retry', { id: randomUUID(), reason: 'x' }, 1, /^There is no parked fact/],
    ['drop', { id: 'nonsense', reason: 'x' }, 1, /^There is no parked fact nonsense/],
    ['drop', { id: randomUUID() }, 64, /--reason/],
    ['show', {}, 1, /name its id/],
    ['list', { after: 'x' }, 64, /--after/],
    ['erase', {}, 64, /npm run parked/],
  ])('refuses %s with %p in one sentence', async (action, more, code, sentence) => {
    const answer = await ask(action, more);
    expect(answer.code).toBe(code);
    expect(answer.text).toMatch(sentence);
  });

  it('gives more than a page in pages', async () => {
    for (let n = 0; n < 51; n += 1) await park();
    const first = (await ask('list')).text.split('\n');
    const after = /--after (\d+)/.exec(first.at(-1) ?? '')?.[1] ?? '';
    const second = (await ask('list', { after })).text.split('\n');
    expect(new Set([...first.slice(0, -1), ...second]).size).toBe(first.length - 1 + second.length);
    expect(await ask('list', { after: '999999' })).toEqual({ code: 0, text: 'No more.' });
  });
});
