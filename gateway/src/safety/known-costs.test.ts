import { Kind, parse, type OperationDefinitionNode } from 'graphql';
import { KnownCosts } from './known-costs.ts';

function operationOf(text: string): OperationDefinitionNode {
  const [definition] = parse(text).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation');
  return definition;
}

const people = operationOf('query ($first: Int!, $id: ID, $deep: Boolean = true) { people }');

describe('a cost that is known', () => {
  const asked = (known: KnownCosts, variables: Record<string, unknown>, operation = people): boolean => {
    let worked = false;
    known.of(operation, variables, () => {
      worked = true;
      return 1;
    });
    return worked;
  };

  it('is not worked out again for another id', () => {
    const known = new KnownCosts();
    expect(asked(known, { first: 5, id: 'a' })).toBe(true);
    expect(asked(known, { first: 5, id: 'b' })).toBe(false);
    expect(known.of(people, { first: 5 }, () => 7)).toBe(1);
  });

  it.each([
    ['how many', { first: 6 }],
    ['whether', { first: 5, deep: false }],
  ])('is worked out when %s is another', (_what, variables) => {
    const known = new KnownCosts();
    asked(known, { first: 5 });
    expect(asked(known, variables)).toBe(true);
  });

  it('is of one operation only', () => {
    const known = new KnownCosts();
    asked(known, { first: 5 });
    expect(asked(known, { first: 5 }, operationOf('query ($first: Int!) { others }'))).toBe(true);
  });
});
