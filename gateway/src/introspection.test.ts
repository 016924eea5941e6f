import { localTransport } from '@throughline/messaging';
import {
  buildClientSchema,
  getIntrospectionQuery,
  isIntrospectionType,
  lexicographicSortSchema,
  printType,
  type GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql';
import { startOverOneService, type OverOneService } from '../equivalence/one-service.ts';
import { apiSchema } from './contract/api-schema.ts';

let one: OverOneService;
beforeAll(async () => {
  const noService = { QUERY_PAGE: 'on' };
  one = await startOverOneService((_request, response) => response.destroy(), noService, {
    transport: localTransport(),
  });
});
afterAll(async () => {
  await one.gateway.close();
  await one.close();
});

async function ask<Data>(graph: 'staff' | 'partner', query: string): Promise<Data> {
  const { staffUrl, partnerUrl } = one.gateway;
  const authorization = `Bearer ${await one.issuer.tokenFor(graph)}`;
  const response = await fetch(graph === 'staff' ? staffUrl : partnerUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await response.json()) as { data: Data; errors?: unknown };
  expect(errors).toBeUndefined();
  return data;
}

const typesOf = (schema: GraphQLSchema): Record<string, string> =>
  Object.fromEntries(
    Object.values(lexicographicSortSchema(schema).getTypeMap())
      .filter((type) => !isIntrospectionType(type))
      .map((type) => [type.name, printType(type)]),
  );

describe('what the running gateway tells about its schema', () => {
  it.each(['staff', 'partner'] as const)('is the contract of the %s graph', async (graph) => {
    const told = await ask<IntrospectionQuery>(graph, getIntrospectionQuery({ inputValueDeprecation: true }));
    expect(typesOf(buildClientSchema(told))).toEqual(typesOf(apiSchema(graph)));
  });

  it('has the subscriptions of the staff graph', async () => {
    const query =
      '{ __schema { subscriptionType { name } } __type(name: "Subscription") { fields { name } } }';
    const fields = ['notificationAdded', 'referralChanged', 'caseloadChanged'].map((name) => ({ name }));
    expect(await ask('staff', query)).toEqual({
      __schema: { subscriptionType: { name: 'Subscription' } },
      __type: { fields },
    });
  });
});
