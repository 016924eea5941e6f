import * as fc from 'fast-check';
import { Kind, parse, typeFromAST, type GraphQLInputType, type GraphQLSchema } from 'graphql';
import { startBothGateways, type BothGateways } from '@throughline/gateway/equivalence/both-gateways.ts';
import type { GraphName } from '@throughline/gateway/contract';
import type { Operation } from '@throughline/gateway/equivalence/invent-operation.ts';
import { diceOf, inventValue, type Dice } from '@throughline/gateway/equivalence/invent-value.ts';
import { askBoth, Tally } from '@throughline/gateway/equivalence/same-answer.ts';
import { storyDocuments } from './story-documents.ts';

let both: BothGateways;

beforeAll(async () => {
  both = await startBothGateways({ trouble: { nulls: 0.1, errors: 0.03 }, corruption: 0.005 });
});
afterAll(() => both.close());

/** The document with invented values for what it asks for. */
function operationOf(query: string, schema: GraphQLSchema, dice: Dice): Operation {
  const definitions = parse(query).definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION ? (definition.variableDefinitions ?? []) : [],
  );
  const variables = definitions.map(({ variable, type }): [string, unknown] => {
    // A variable of a type that this graph does not have makes the document invalid; its value is of no account.
    const known = typeFromAST(schema, type as never) as GraphQLInputType | undefined;
    return [variable.name.value, known ? inventValue(dice, known) : null];
  });
  return {
    query,
    variables: JSON.parse(JSON.stringify(Object.fromEntries(variables))) as Operation['variables'],
  };
}

it.each<[GraphName, number]>([
  ['staff', 20],
  ['partner', 3],
])(
  'every operation of the stories is answered on the %s graph as by the stock gateway',
  async (graph, atLeast) => {
    const schema = both.schemas[graph];
    const documents = storyDocuments(schema);
    const tally = new Tally();
    for (const query of documents) {
      await fc.assert(
        fc.asyncProperty(fc.gen(), async (draw) => {
          tally[await askBoth(both, graph, operationOf(query, schema, diceOf(draw)))] += 1;
        }),
        { numRuns: 4, seed: 1, interruptAfterTimeLimit: 60_000 },
      );
    }
    expect(documents.length).toBeGreaterThan(40);
    expect(tally.answered + tally.withErrors).toBeGreaterThan(atLeast * 3);
  },
  300_000,
);
