import { randomUUID } from 'node:crypto';
import { buildSchema as buildPlainSchema, graphql } from 'graphql';
import { act } from './act.ts';

const schema = buildPlainSchema(`
  type Query { a: Int }
  input Place { agencyId: ID, label: String }
  input Wish { id: ID!, staffIds: [ID!], places: [Place!], note: String }
  type Answer { done: Boolean }
  type Mutation { wish(input: Wish!): Answer }`);
const taken: unknown[] = [];
const wish = schema.getMutationType()?.getFields().wish;
if (!wish) throw new Error('no such mutation');
wish.resolve = act((_context: object, input: object) => {
  taken.push(input);
  return Promise.resolve({ done: true });
});

const send = (input: object) =>
  graphql({
    ...{ schema, contextValue: {}, variableValues: { input } },
    source: 'mutation ($input: Wish!) { wish(input: $input) { done } }',
  });

describe('an id of an input', () => {
  it('reaches the command in small letters at any depth, because a uuid has one text in the database', async () => {
    const ids = [randomUUID(), randomUUID(), randomUUID()] as const;
    const upper = (id: string) => id.toUpperCase();
    const note = upper(ids[0]);
    expect(
      await send({
        ...{ id: upper(ids[0]), staffIds: ids.map(upper), note },
        places: [{ agencyId: upper(ids[1]), label: 'ABC' }, { agencyId: null }],
      }),
    ).toEqual({ data: { wish: { done: true } } });
    expect(taken.at(-1)).toEqual({
      ...{ id: ids[0], staffIds: [...ids], note },
      places: [{ agencyId: ids[1], label: 'ABC' }, { agencyId: null }],
    });
  });

  it('that is none stays as it was written', async () => {
    await send({ id: 'No Id', staffIds: null });
    expect(taken.at(-1)).toEqual({ id: 'No Id', staffIds: null });
  });
});
