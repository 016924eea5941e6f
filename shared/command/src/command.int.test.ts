import { randomUUID } from 'node:crypto';
import { uuidV7 } from '@throughline/events';
import { invalidTransition, type Problem } from '@throughline/graphql';
import { command } from './command.ts';
import { BookEntity, type Book } from './test-book.entity.ts';
import { renamed, testShelf } from './test-shelf.ts';

let shelf: Awaited<ReturnType<typeof testShelf>>;
beforeEach(async () => {
  shelf = await testShelf();
});
afterEach(() => shelf.close());

const part = 'CASE' as const;

interface RenameInput {
  id: string;
  title: string;
  expectedVersion?: number;
  idempotencyKey?: string;
}

function rename(input: RenameInput): Promise<Book | Problem> {
  return command(shelf.context, { name: 'rename', input, lock: [BookEntity, input.id], part }, (book) =>
    input.title === 'forbidden'
      ? invalidTransition('OPEN', 'rename', [])
      : { update: { ...book, title: input.title }, facts: [renamed(book)] },
  );
}

let runs = 0;
function addBook(input: { title: string; idempotencyKey?: string }): Promise<Book | Problem> {
  const { clientId } = shelf;
  return command(
    shelf.context,
    {
      ...{ name: 'addBook', input, client: clientId, creates: BookEntity, part },
      taken: () => ({ kind: 'BookThere', message: 'There is one.' }),
    },
    (_care, { now }) => {
      runs += 1;
      return { insert: { id: uuidV7(now), clientId, title: input.title, version: 1 } };
    },
  );
}

describe('a command on a row', () => {
  it('writes it with the next version, and its facts', async () => {
    const { id } = await shelf.add('Emma');
    expect(await rename({ id, title: 'Persuasion', expectedVersion: 1 })).toMatchObject({ version: 2 });
    expect(await shelf.db.manager.findOneBy(BookEntity, { id })).toMatchObject({
      title: 'Persuasion',
      version: 2,
    });
    expect(await shelf.facts()).toBe(1);
  });

  it('that changes nothing writes nothing, keeps the version and tells nobody', async () => {
    const { id } = await shelf.add('Emma');
    expect(await rename({ id, title: 'Emma', expectedVersion: 1 })).toMatchObject({ version: 1 });
    expect(await shelf.facts()).toBe(0);
  });

  it('is NotFound for no id, an unknown one, and one out of reach', async () => {
    const { id } = await shelf.add('Emma');
    const found = [await rename({ id: 'no id', title: 'A' }), await rename({ id: randomUUID(), title: 'A' })];
    shelf.lose();
    found.push(await rename({ id, title: 'A' }));
    expect(new Set(found.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(found[0]).toMatchObject({ kind: 'NotFound', message: expect.stringContaining('Book') as string });
  });

  it('is stale when somebody else was first, one of two at once', async () => {
    const { id } = await shelf.add('Emma');
    const answers = await Promise.all(
      ['One', 'Two'].map((title) => rename({ id, title, expectedVersion: 1 })),
    );
    expect(answers.filter((answer) => 'kind' in answer)).toMatchObject([
      { kind: 'StaleVersion', currentVersion: 2 },
    ]);
  });

  it('tells all faults of its input at once, and does not look at the row', async () => {
    const context = { ...shelf.context, inputFaults: [{ path: 'title', code: 'TOO_LONG', message: '' }] };
    const check = () => [{ path: 'note', code: 'RUDE', message: '' }];
    const options = { name: 'rename', input: {}, lock: [BookEntity, randomUUID()] as const, check, part };
    const answer = await command(context, options, (book) => ({ update: book }));
    expect(answer).toMatchObject({ issues: [{ code: 'TOO_LONG' }, { code: 'RUDE' }] });
  });
});

describe('a repeated idempotency key', () => {
  it('gets the first answer, whatever the order of its fields, and runs once', async () => {
    const { id } = await shelf.add('Emma');
    const first = await rename({ id, title: 'Persuasion', expectedVersion: 1, idempotencyKey: 'k' });
    expect(await rename({ idempotencyKey: 'k', expectedVersion: 1, title: 'Persuasion', id })).toEqual(first);
    expect(await shelf.facts()).toBe(1);
  });

  it('with another input or for another mutation is a conflict', async () => {
    const { id } = await shelf.add('Emma');
    await rename({ id, title: 'Persuasion', idempotencyKey: 'k' });
    expect(await rename({ id, title: 'Sanditon', idempotencyKey: 'k' })).toMatchObject({
      kind: 'IdempotencyConflict',
    });
    expect(await addBook({ title: 'Sanditon', idempotencyKey: 'k' })).toMatchObject({
      kind: 'IdempotencyConflict',
    });
  });

  it('is free again after a Problem', async () => {
    const { id } = await shelf.add('Emma');
    const input = { id, title: 'forbidden', idempotencyKey: 'k' };
    expect(await rename(input)).toMatchObject({ kind: 'InvalidTransition' });
    expect(await rename({ ...input, title: 'allowed' })).toMatchObject({ title: 'allowed' });
  });

  it('of somebody who no longer works with the client gets NotFound', async () => {
    const input = { title: 'Emma', idempotencyKey: 'k' };
    const first = await addBook(input);
    expect(await addBook(input)).toEqual(first);
    shelf.lose();
    expect(await addBook(input)).toMatchObject({ kind: 'NotFound' });
  });

  it('sent twice at once runs once', async () => {
    runs = 0;
    const input = { title: 'Emma', idempotencyKey: 'k' };
    const [one, two] = await Promise.all([addBook(input), addBook(input)]);
    expect([runs, two]).toEqual([1, one]);
  });
});

describe('a command that creates', () => {
  it('answers what is there when the database has an equal row', async () => {
    const answers = await Promise.all([addBook({ title: 'Emma' }), addBook({ title: 'Emma' })]);
    expect(answers.filter((answer) => 'kind' in answer)).toMatchObject([{ kind: 'BookThere' }]);
  });
});

describe('many commands at once', () => {
  it('need one connection each: 24 of them are answered in a pool of two', async () => {
    const small = await testShelf({ poolSize: 2 });
    const books = await Promise.all(Array.from({ length: 24 }, (_, n) => small.add(`Book ${String(n)}`)));
    const answers = await Promise.all(
      books.map(({ id }) =>
        command(small.context, { name: 'rename', input: {}, lock: [BookEntity, id], part }, (book) => ({
          update: { ...book, title: `${book.title}, read` },
        })),
      ),
    );
    expect(answers.filter((answer) => 'version' in answer && answer.version === 2)).toHaveLength(24);
    await small.close();
  });
});
