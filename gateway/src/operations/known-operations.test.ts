import { silentLogger } from '@throughline/runtime';
import { buildSchema } from 'graphql';
import { KnownOperations } from './known-operations.ts';
import type { ListedOperation } from './manifest.ts';

const me: ListedOperation = { id: 'a1', name: 'Me', type: 'query', body: 'query Me { me { id } }' };
const old: ListedOperation = { id: 'a2', name: 'Old', type: 'query', body: 'query Old { gone }' };
const heard: ListedOperation = {
  id: 'a3',
  name: 'Heard',
  type: 'subscription',
  body: 'subscription Heard { referralChanged(id: 1) { id } }',
};
const schema = buildSchema('type Query { me: Person } type Person { id: ID! name: String }');

function operations(listed: ListedOperation[], listedOnly = false): KnownOperations {
  const known = new KnownOperations({ listed, listedOnly, rules: [], mostTokens: 50, logger: silentLogger });
  known.useSchema(schema);
  return known;
}

const refusal = (code: string) => ({ refusal: expect.objectContaining({ status: 400, code }) as unknown });

describe('an operation', () => {
  it.each([
    ['documentId', { documentId: 'a1' }],
    ['documentId with its kind', { documentId: 'sha256:a1' }],
    ['the extension of Apollo', { extensions: { persistedQuery: { version: 1, sha256Hash: 'a1' } } }],
    ['its text', { query: me.body }],
    ['its id and text', { documentId: 'a1', query: me.body }],
    ['its id and name', { documentId: 'a1', operationName: 'Me' }],
  ])('that is listed is found by %s', (_by, asked) => {
    const found = operations([me, old]).find(asked);
    expect(found).toMatchObject({ source: me.body, prepared: { operationName: 'Me' } });
  });

  it('that was good once is known again', () => {
    const known = operations([]);
    const first = known.find({ query: '{ me { name } }' });
    expect(known.find({ query: '{ me { name } }' })).toEqual(first);
    expect(first).toMatchObject({ prepared: { operationName: null } });
  });

  it('that was good is looked at again with another schema', () => {
    const known = operations([me]);
    known.find({ query: '{ me { name } }' });
    known.useSchema(buildSchema('type Query { me: Person } type Person { id: ID! }'));
    expect(known.find({ query: '{ me { name } }' })).toEqual({ source: '{ me { name } }', prepared: null });
    expect(known.find({ documentId: 'a1' })).toMatchObject({ prepared: { source: me.body } });
  });

  it.each([
    ['is wrong', { query: '{ nobody }' }],
    ['is no GraphQL', { query: '{' }],
    ['is too long', { query: `{ me { ${'id '.repeat(60)} } }` }],
    ['asks for the schema', { query: '{ __schema { types { name } } }' }],
    ['is one of several', { query: 'query A { me { id } } query B { me { id } }', operationName: 'A' }],
    ['has another name', { query: me.body, operationName: 'You' }],
    ['is a number', { query: 4 }],
  ])('that %s goes through the whole pipeline', (_case, asked) => {
    expect(operations([me]).find(asked)).toEqual({ source: asked.query, prepared: null });
  });

  it('that no longer fits the schema goes through the whole pipeline, which says why', () => {
    expect(operations([old]).find({ documentId: 'a2' })).toEqual({ source: old.body, prepared: null });
  });

  it('of another text than its id is refused', () => {
    const asked = { documentId: 'a1', query: '{ me { name } }' };
    expect(operations([me]).find(asked)).toEqual(refusal('BAD_REQUEST'));
  });

  it.each([
    ['is not listed', [me], 'PERSISTED_QUERY_NOT_IN_LIST'],
    ['is asked for where nothing is listed', [], 'PERSISTED_QUERY_NOT_SUPPORTED'],
  ])('whose id %s is refused', (_case, listed, code) => {
    expect(operations(listed).find({ documentId: 'zz' })).toEqual(refusal(code));
  });
});

describe('where only listed operations are answered', () => {
  const known = operations([me, heard], true);

  it('answers those, by id and by text', () => {
    expect(known.find({ documentId: 'a1' })).toMatchObject({ prepared: { source: me.body } });
    expect(known.find({ query: me.body })).toMatchObject({ prepared: { source: me.body } });
    expect(known.find({ query: heard.body })).toEqual({ source: heard.body, prepared: null });
  });

  it.each(['{ me { name } }', `${me.body} `, '{ __schema { types { name } } }', '{'])(
    'refuses %s',
    (query) => {
      expect(known.find({ query })).toEqual(refusal('QUERY_NOT_IN_SAFELIST'));
    },
  );
});
