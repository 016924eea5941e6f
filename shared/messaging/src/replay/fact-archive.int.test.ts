import { randomUUID } from 'node:crypto';
import { silentLogger } from '@throughline/runtime';
import { eventually } from '@throughline/testing';
import {
  messagingDatabase,
  messagingOf,
  oneTo,
  recordUpdates,
  type MessagingDatabase,
} from '../contract/test-services.ts';
import type { Message, Transport } from '../transport.ts';
import { readRecorded, type KeyRange } from './fact-archive.ts';

let database: MessagingDatabase;
beforeAll(async () => {
  database = await messagingDatabase();
});
afterAll(() => database.drop());

const record = (key: string, versions: number[]): Promise<void> =>
  database.dataSource.transaction((tx) => recordUpdates(tx, key, versions));
const sentDaysAgo = (key: string, upTo: number, days = 8): Promise<unknown> =>
  database.dataSource.query(
    `update outbox set sent_at = now() - $3 * interval '1 day' where key = $1 and key_sequence <= $2`,
    [key, upTo, days],
  );
const prune = (chunk = 5000): Promise<unknown> =>
  database.dataSource.query('select prune_messaging($1)', [chunk]);
const all = (key: string): KeyRange => ({ topic: 'clients.v1', key, after: 0, upTo: 1000 });
const read = (ranges: KeyRange[], limit = 1000): Promise<Message[]> =>
  readRecorded(database.dataSource, ranges, { source: 'messaging', limit });
const numbers = (facts: Message[]): number[] => facts.map(({ sequence }) => sequence);

describe('the archive of facts', () => {
  it('takes what was sent long ago, and a key is read across both in its order', async () => {
    const key = randomUUID();
    await record(key, oneTo(6));
    await sentDaysAgo(key, 4);
    await prune();
    const archived: unknown[] = await database.dataSource.query(
      'select 1 from outbox_archive where key = $1',
      [key],
    );
    expect(archived).toHaveLength(4);
    expect(numbers(await read([all(key)]))).toEqual(oneTo(6));
  });

  it('is read page by page, from any number to any other', async () => {
    const keys = [randomUUID(), randomUUID()].sort();
    for (const key of keys) await record(key, oneTo(5));
    await sentDaysAgo(keys[0]!, 5);
    await prune();
    const pages: Message[] = [];
    for (let page = await read(keys.map(all), 3); page.length > 0;) {
      pages.push(...page);
      const { key: last, sequence } = page.at(-1)!;
      const rest = keys.filter((key) => key >= last).map(all);
      page = await read(
        rest.map((range) => ({ ...range, after: range.key === last ? sequence : 0 })),
        3,
      );
    }
    expect(pages.map(({ key, sequence }) => [key, sequence])).toEqual(
      keys.flatMap((key) => oneTo(5).map((n) => [key, n])),
    );
    expect(numbers(await read([{ ...all(keys[0]!), after: 1, upTo: 3 }]))).toEqual([2, 3]);
  });

  it('gives back each fact exactly as it was sent', async () => {
    const sent: Message[] = [];
    const send = (messages: readonly Message[]): Promise<void> => {
      sent.push(...messages);
      return Promise.resolve();
    };
    const transport: Transport = {
      publisher: () => Promise.resolve({ send, close: () => Promise.resolve() }),
      subscribe: () => Promise.resolve({ health: () => 'ok', close: () => Promise.resolve() }),
    };
    const service = await messagingOf(database, transport, { service: 'messaging', logger: silentLogger });
    const key = randomUUID();
    await record(key, oneTo(3));
    const ofKey = (): Message[] => sent.filter((message) => message.key === key);
    await eventually(() => expect(ofKey()).toHaveLength(3));
    await service.close();
    await sentDaysAgo(key, 3);
    await prune();
    expect(await read([all(key)])).toEqual(ofKey());
  });

  it('shows each fact once while facts move into it', async () => {
    const key = randomUUID();
    await record(key, oneTo(200));
    await sentDaysAgo(key, 200);
    const mover = (async () => {
      for (let n = 0; n < 50; n += 1) await prune(4);
    })();
    for (let n = 0; n < 50; n += 1) expect(numbers(await read([all(key)]))).toEqual(oneTo(200));
    await mover;
    expect(await database.dataSource.query('select 1 from outbox where key = $1', [key])).toEqual([]);
  });
});
