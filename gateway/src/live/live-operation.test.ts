import { buildSchema, parse, validate, type GraphQLError } from 'graphql';
import { liveOperation } from './live-operation.ts';
import { withSubscriptions } from './live-schema.ts';

const base = buildSchema(`
  interface Problem { message: String! }
  type Notification { id: ID! client: Client }
  type Client { id: ID! name(style: String): String referral: Referral }
  type Referral { id: ID! status: String client: Client }
  type Query { notification(id: ID!): Notification referral(id: ID!): Referral client(id: ID!): Client }
`);
const schema = withSubscriptions(base);

function read(query: string, variables?: Record<string, unknown>, operationName?: string) {
  return liveOperation(schema, { query, variables, operationName });
}

function codeOf(attempt: () => unknown): unknown {
  try {
    return attempt();
  } catch (error) {
    return (error as GraphQLError).extensions.code;
  }
}

describe('a subscription becomes the query that reads its selection', () => {
  it('keeps the alias, the fragments and the variables that are still used, and drops the others', () => {
    const operation = read(
      `subscription Watch($of: ID!, $style: String, $more: Boolean!) {
        mine: referralChanged(id: $of) { id ...Who @include(if: $more) }
      }
      fragment Who on Referral { client { name(style: $style) } }`,
      { of: 'r1', style: 'short', more: true },
    );
    expect(operation).toMatchObject({
      field: 'referralChanged',
      key: 'mine',
      id: 'r1',
      operationName: 'Watch',
      variables: { style: 'short', more: true },
    });
    expect(validate(base, parse(operation.query))).toEqual([]);
    expect(operation.query).toContain('mine: referral(id: $liveId)');
    expect(operation.query).not.toContain('$of');
  });

  it.each([
    ['{ notificationAdded { id client { id } } }', 'notificationAdded: notification(id: $liveId)'],
    ['{ caseloadChanged { id name } }', 'caseloadChanged: client(id: $liveId)'],
    ['{ referralChanged(id: "r1") { status } }', 'referralChanged: referral(id: $liveId)'],
  ])('%s', (selection, root) => {
    const { query, operationName } = read(`subscription ${selection}`);
    expect(query).toContain(root);
    expect(query).toContain(`query ${operationName}(`);
    expect(validate(base, parse(query))).toEqual([]);
  });

  it('takes the named one of several operations', () => {
    const two = 'subscription A { caseloadChanged { id } } subscription B { notificationAdded { id } }';
    expect(read(two, {}, 'B').field).toBe('notificationAdded');
  });
});

describe('refuses', () => {
  it.each([
    ['a query', '{ client(id: "c1") { id } }', 'BAD_REQUEST'],
    [
      'two fields',
      'subscription { caseloadChanged { id } notificationAdded { id } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'a fragment at the root',
      'subscription { ...on Subscription { caseloadChanged { id } } }',
      'BAD_REQUEST',
    ],
    ['__typename alone', 'subscription { __typename }', 'GRAPHQL_VALIDATION_FAILED'],
    ['an unknown field', 'subscription { caseloadChanged { legalNam } }', 'GRAPHQL_VALIDATION_FAILED'],
    [
      'an id without a value',
      'subscription ($id: ID!) { referralChanged(id: $id) { id } }',
      'BAD_USER_INPUT',
    ],
    ['nothing', '', 'BAD_REQUEST'],
  ])('%s', (_what, query, code) => {
    expect(codeOf(() => read(query))).toBe(code);
  });

  it('without naming what else the graph has', () => {
    expect(() => read('subscription { caseloadChanged { nam } }')).toThrow(
      /^Cannot query field "nam" on type "Client"\.$/,
    );
  });

  it('variables that are no object, and its own variable', () => {
    expect(() =>
      liveOperation(schema, { query: 'subscription { caseloadChanged { id } }', variables: [1] }),
    ).toThrow('Send "variables" as an object.');
    expect(() => read('subscription { caseloadChanged { id } }', { liveId: 'x' })).toThrow('is taken');
  });

  it('more text than an operation may have', () => {
    const long = `subscription { caseloadChanged { ${'id '.repeat(3000)} } }`;
    expect(() => read(long)).toThrow('Document contains more that 2000 tokens');
  });
});
