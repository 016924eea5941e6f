import type { Viewer } from '@throughline/graphql';
import { staff, testTreatment, type TestTreatment } from '../../treatment.harness.ts';

let treatment: TestTreatment;
const maria = staff('CASE_MANAGER');
const sam = staff('SUPERVISOR');
const pat = staff('PROGRAM_ADMIN');
beforeAll(async () => {
  treatment = await testTreatment();
});
afterAll(() => treatment.close());

interface Answer {
  __typename: string;
  id: string;
  version: number;
  issues?: { path: string; code: string }[];
}
async function run(viewer: Viewer, mutation: string, type: string, input: object): Promise<Answer> {
  const name = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}`;
  const query = `mutation ($input: ${name}Input!) { r: ${mutation}(input: $input) { __typename
    ... on ${type} { id version } ... on Problem { message ... on InvalidInput { issues { path code } } } } }`;
  const { data, errors } = await treatment.ask<{ r: Answer }>(viewer, query, { input });
  expect(errors).toEqual([]);
  return data.r;
}
const goals = [
  {
    ...{ title: 'Days without alcohol', domain: 'HEALTH', unit: 'days', target: 30, dueInDays: 90 },
    interventions: [{ type: 'PEER', what: 'Meeting with a peer', rhythm: 'WEEKLY' }],
  },
  { title: 'Own lease', domain: 'HOME', target: 1, interventions: [] },
];

describe('a template of care plans', () => {
  it('is copied into a draft once, as proposals that wait for the words of the client', async () => {
    const template = { program: 'Riverside IOP', name: 'Alcohol, first 90 days', goals };
    const made = await Promise.all(
      [1, 2].map(() => run(pat, 'createPlanTemplate', 'PlanTemplate', template)),
    );
    expect(made.map(({ __typename }) => __typename).sort()).toEqual(['InvalidInput', 'PlanTemplate']);
    const { id: templateId = '' } = made.find(({ __typename }) => __typename === 'PlanTemplate') ?? {};
    const clientId = await treatment.assign(maria.id, sam.id);
    const plan = await run(maria, 'openCarePlan', 'CarePlan', { clientId });
    const use = { carePlanId: plan.id, templateId };
    const apply = (input: object) => run(maria, 'applyPlanTemplate', 'CarePlan', { ...use, ...input });
    expect((await apply({ goals: [0, 7] })).issues).toEqual([{ path: 'goals.1', code: 'UNKNOWN' }]);
    const applied = await Promise.all([apply({ goals: [0] }), apply({ goals: [0] })]);
    expect(applied.map(({ __typename }) => __typename).sort()).toEqual(['CarePlan', 'InvalidInput']);
    const { version } = applied.find(({ __typename }) => __typename === 'CarePlan') ?? {};
    const query = `query ($c: ID!) { _entities(representations: [{ __typename: "Client", id: $c }]) { ... on Client {
      carePlan { version goals { lifecycle measure { metric target } interventions { what rhythm owner { id } } } } } } }`;
    const { data } = await treatment.ask<{ _entities: [object] }>(maria, query, { c: clientId });
    expect(data._entities[0]).toMatchObject({
      carePlan: {
        version,
        goals: [
          {
            ...{ lifecycle: 'PROPOSED', measure: { metric: 'Days without alcohol', target: 30 } },
            interventions: [{ what: 'Meeting with a peer', rhythm: 'WEEKLY', owner: { id: maria.id } }],
          },
        ],
      },
    });
    await run(pat, 'retirePlanTemplate', 'PlanTemplate', { id: templateId, expectedVersion: 1 });
    const other = await treatment.assign(maria.id, sam.id);
    const second = await run(maria, 'openCarePlan', 'CarePlan', { clientId: other });
    expect(await apply({ carePlanId: second.id })).toMatchObject({ __typename: 'InvalidTransition' });
    const list = '{ planTemplates(program: "Riverside IOP") { id } }';
    expect((await treatment.ask(maria, list, {})).data).toEqual({ planTemplates: [] });
  });
});
