import { buildSchema } from 'graphql';
import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import { representation } from './representation.ts';

const schema = buildSchema(`
  interface Named { id: ID! name: String }
  type Cat implements Named { id: ID! name: String owner: Owner }
  type Owner { id: ID! }
  type Query { cat: Cat }
`);
const field = (name: string, selections?: QueryPlanSelectionNode[]): QueryPlanSelectionNode => ({
  kind: 'Field',
  name,
  ...(selections && { selections }),
});
const on = (typeCondition: string, ...selections: QueryPlanSelectionNode[]): QueryPlanSelectionNode => ({
  kind: 'InlineFragment',
  typeCondition,
  selections,
});
const byKey = representation(schema, [on('Cat', field('__typename'), field('id'), field('name'))]);

describe('what an entity is known by', () => {
  it.each([
    ['7', 'Tom'],
    ['7', 'Zoë "the cat"\n\\ 🌱 \u2028'],
    [7, null],
    [['a', 'b"'], { deep: [true] }],
  ])('is the JSON of its key: %p, %p', (id, name) => {
    const entity = { name, more: 1, id, __typename: 'Cat' };
    expect(byKey(entity)).toBe(JSON.stringify({ __typename: 'Cat', id, name }));
  });

  it.each([
    ['a part of the key', { __typename: 'Cat', id: '7' }],
    ['its type', { id: '7', name: 'Tom' }],
    ['what it only seems to have', { __typename: 'Cat', id: '7', name: undefined }],
  ])('is nothing when it lacks %s', (_what, entity) => {
    expect(byKey(entity)).toBeNull();
  });

  it('is nothing for an object of another type', () => {
    expect(byKey({ __typename: 'Owner', id: '7', name: 'Ann' })).toBeNull();
  });

  it('joins what fragments ask, and goes into objects', () => {
    const requires = [
      on('Cat', field('__typename'), field('owner', [field('id')])),
      on('Named', field('__typename'), field('name')),
    ];
    const represent = representation(schema, requires);
    const owner = { __typename: 'Owner', id: '1' };
    expect(represent({ __typename: 'Cat', owner, name: 'Tom' })).toBe(
      '{"__typename":"Cat","owner":{"id":"1"},"name":"Tom"}',
    );
    expect(represent({ __typename: 'Cat', owner })).toBe('{"__typename":"Cat","owner":{"id":"1"}}');
  });
});
