import { buildSchema, Kind, parse, type OperationDefinitionNode } from 'graphql';
import { ownAllowances } from './allowance.ts';
import { demandControl, type Demand } from './demand-control.ts';

const sdl =
  'type Query { people: [Person!] person(ids: [ID!]): Person } type Person { id: ID! friends: [Person!] }';
const schema = buildSchema(sdl);
const allowance = (perMinute: number) => ownAllowances().of('staff', perMinute);
const generous: Demand = { perOperation: 1_000, allowance: allowance(1_000), longestList: 5 };

async function ask(
  control: ReturnType<typeof demandControl>,
  text: string,
  more: { viewer?: string; variables?: object } = {},
) {
  const document = parse(text);
  const operation = document.definitions.find(
    (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
  );
  const about = {
    schema,
    document,
    operation,
    request: { variables: more.variables ?? {} },
    contextValue: { viewer: { id: more.viewer ?? 'maria' }, requestId: 'r' },
  };
  const listener = control.begin(about as never);
  await listener.didResolveOperation?.(about as never);
}

function controlOf(demand: Partial<Demand> = {}) {
  const control = demandControl({ ...generous, ...demand });
  control.useSupergraph(sdl);
  return control;
}

const refusal = (code: string, figures: object) => ({
  extensions: expect.objectContaining({ code, ...figures }) as unknown,
});
const people = '{ people { friends { id } } }';

describe('demand control', () => {
  it('lets through what is within the budget', async () => {
    await expect(ask(controlOf(), people)).resolves.toBeUndefined();
  });

  it('refuses an operation over the budget with estimate and budget', async () => {
    await expect(ask(controlOf({ perOperation: 100 }), people)).rejects.toMatchObject(
      refusal('OPERATION_TOO_COSTLY', { estimate: 110, budget: 100 }),
    );
  });

  it('refuses a viewer who asked for too much, and nobody else', async () => {
    const control = controlOf({ allowance: allowance(250) });
    await ask(control, people);
    await ask(control, people);
    await expect(ask(control, people)).rejects.toMatchObject(
      refusal('RATE_LIMITED', { retryAfter: expect.any(Number) as number }),
    );
    await expect(ask(control, people, { viewer: 'ines' })).resolves.toBeUndefined();
  });

  it.each([
    ['its text', '{ person(ids: [1, 2, 3, 4, 5, 6]) { id } }', {}],
    ['its variables', 'query ($i: [ID!]) { person(ids: $i) { id } }', { i: ['1', '2', '3', '4', '5', '6'] }],
  ])('refuses a list that is too long in %s', async (_place, text, variables) => {
    await expect(ask(controlOf(), text, { variables })).rejects.toMatchObject(refusal('LIMIT_EXCEEDED', {}));
    await expect(ask(controlOf({ longestList: 6 }), text, { variables })).resolves.toBeUndefined();
  });
});
