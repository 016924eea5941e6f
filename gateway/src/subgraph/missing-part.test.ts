import { Kind, parse, type OperationDefinitionNode } from 'graphql';
import { SubgraphFailure } from './failure.ts';
import { missingPart } from './missing-part.ts';

const failure = new SubgraphFailure('treatment', 'SUBGRAPH_TIMEOUT');

function pathsOf(
  operation: string,
  query: string,
  { at = [] as string[], types = null as string[] | null } = {},
) {
  const document = parse(operation);
  const errors = missingPart({
    failure,
    requestId: 'r-1',
    query,
    representations: types?.map((__typename) => ({ __typename })) ?? null,
    places: null,
    incoming: {
      document,
      operation: document.definitions.find(
        ({ kind }) => kind === Kind.OPERATION_DEFINITION,
      ) as OperationDefinitionNode,
    },
    at,
  });
  for (const { extensions } of errors)
    expect(extensions).toEqual({ code: 'SUBGRAPH_TIMEOUT', serviceName: 'treatment', requestId: 'r-1' });
  return errors.map(({ path }) => path);
}

const entities = (selection: string) =>
  `query ($representations: [_Any!]!) { _entities(representations: $representations) { ${selection} } }`;

describe('a part that is missing', () => {
  it('is told for each field of the query itself, by the name that the caller gave it', () => {
    expect(
      pathsOf(
        '{ mine: carePlans { id } open: goals { id } me { id } }',
        '{ mine: carePlans { id } open: goals { id } }',
      ),
    ).toEqual([['mine'], ['open']]);
  });

  it('is told for each field of each entity, through lists and fragments', () => {
    const operation = `query { clients { edges { node { ...C } } } } fragment C on Client { id timeline { kind } plan: carePlan { id } }`;
    const query = entities('... on Client { timeline { kind } plan: carePlan { id } }');
    expect(
      pathsOf(operation, query, { at: ['clients', 'edges', '@', 'node'], types: ['Client', 'Client'] }),
    ).toEqual([
      ['_entities', 0, 'timeline'],
      ['_entities', 0, 'plan'],
      ['_entities', 1, 'timeline'],
      ['_entities', 1, 'plan'],
    ]);
  });

  it('is told only of the type that the field was asked of', () => {
    const query = entities('... on Client { timeline { kind } } ... on Referral { steps { kind } }');
    const operation = '{ things { ... on Client { timeline { kind } } ... on Referral { steps { kind } } } }';
    expect(pathsOf(operation, query, { at: ['things', '@'], types: ['Referral', 'Client'] })).toEqual([
      ['_entities', 0, 'steps'],
      ['_entities', 1, 'timeline'],
    ]);
  });

  it('is told of the entity when the caller asked for nothing of it, only the plan did', () => {
    const query = entities('... on Client { __typename consentVersion }');
    expect(pathsOf('{ client { timeline { kind } } }', query, { at: ['client'], types: ['Client'] })).toEqual(
      [['_entities', 0]],
    );
  });

  it('reads fragments of the service call, too', () => {
    const query = `${entities('...P')} fragment P on Client { timeline { kind } }`;
    expect(pathsOf('{ client { timeline { kind } } }', query, { at: ['client'], types: ['Client'] })).toEqual(
      [['_entities', 0, 'timeline']],
    );
  });
});
