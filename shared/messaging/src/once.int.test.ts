import { randomUUID } from 'node:crypto';
import { messagingDatabase, type MessagingDatabase } from './contract/test-services.ts';
import { once, type IdempotencyConflict } from './once.ts';

interface Thing {
  id: string;
  reloaded?: boolean;
}
interface Problem {
  kind: string;
  message: string;
}
type Outcome = Thing | Problem;

let database: MessagingDatabase;
beforeAll(async () => {
  database = await messagingDatabase();
});
afterAll(() => database.drop());

interface Options {
  input?: unknown;
  command?: string;
  viewerId?: string;
  outcome?: Outcome;
}

let runs = 0;
function attempt(key: string | undefined, options: Options = {}): Promise<Outcome | IdempotencyConflict> {
  const {
    input = { a: 1, b: 2 },
    command = 'makeThing',
    viewerId = 'viewer-1',
    outcome = { id: randomUUID() },
  } = options;
  return database.dataSource.transaction((tx) =>
    once<Outcome>(
      tx,
      { viewerId, command, key, input },
      async () => {
        runs += 1;
        await new Promise((resolve) => setTimeout(resolve, 20));
        return outcome;
      },
      (id) => Promise.resolve({ id, reloaded: true }),
    ),
  );
}

describe('once', () => {
  beforeEach(() => {
    runs = 0;
  });

  it('answers the first result again for the same input, whatever the order of its fields', async () => {
    const key = randomUUID();
    const first = (await attempt(key)) as Thing;
    expect(await attempt(key, { input: { b: 2, a: 1 } })).toEqual({ id: first.id, reloaded: true });
    expect(runs).toBe(1);
  });

  it('calls it a conflict when the key comes with another input or command', async () => {
    const key = randomUUID();
    await attempt(key);
    expect(await attempt(key, { input: { a: 2 } })).toMatchObject({ kind: 'IdempotencyConflict' });
    expect(await attempt(key, { command: 'other' })).toMatchObject({ kind: 'IdempotencyConflict' });
    expect(runs).toBe(1);
  });

  it('keeps the keys of two viewers apart', async () => {
    const key = randomUUID();
    await attempt(key);
    await attempt(key, { viewerId: 'viewer-2' });
    expect(runs).toBe(2);
  });

  it('lets a command that met a problem be tried again', async () => {
    const key = randomUUID();
    const problem = { kind: 'InvalidInput', message: 'no' };
    expect(await attempt(key, { outcome: problem })).toEqual(problem);
    expect(await attempt(key)).toHaveProperty('id');
    expect(runs).toBe(2);
  });

  it('runs once when two arrive at the same time', async () => {
    const key = randomUUID();
    const [one, two] = await Promise.all([attempt(key), attempt(key)]);
    expect(runs).toBe(1);
    expect((one as Thing).id).toBe((two as Thing).id);
  });

  it('runs each time without a key', async () => {
    await attempt(undefined);
    await attempt(undefined);
    expect(runs).toBe(2);
  });
});
