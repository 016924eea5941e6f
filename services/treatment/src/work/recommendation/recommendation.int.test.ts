import { randomUUID } from 'node:crypto';
import type { Viewer } from '@throughline/graphql';
import { staff, testTreatment, type TestTreatment } from '../../treatment.harness.ts';

let treatment: TestTreatment;
const maria = staff('CASE_MANAGER');
const sam = staff('SUPERVISOR');
beforeAll(async () => {
  treatment = await testTreatment();
});
afterAll(() => treatment.close());

interface Answer {
  __typename: string;
  id: string;
  issues?: { path: string; code: string }[];
}
async function run(viewer: Viewer, mutation: string, type: string, input: object): Promise<Answer> {
  const name = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}`;
  const query = `mutation ($input: ${name}Input!) { r: ${mutation}(input: $input) { __typename
    ... on ${type} { id } ... on Problem { message ... on InvalidInput { issues { path code } } } } }`;
  const { data, errors } = await treatment.ask<{ r: Answer }>(viewer, query, { input });
  expect(errors).toEqual([]);
  return data.r;
}
async function read(viewer: Viewer, clientId: string, fields: string) {
  const query = `query ($c: ID!) { _entities(representations: [{ __typename: "Client", id: $c }]) { ... on Client { ${fields} } } }`;
  const { data } = await treatment.ask<{ _entities: [object] }>(viewer, query, { c: clientId });
  return data._entities[0];
}

describe('a recommendation of services', () => {
  it('keeps reasons, what is not met, the choice and what was declined; the choice is told once', async () => {
    const clientId = await treatment.assign(maria.id, sam.id);
    const needId = await treatment.need(clientId);
    const [near, far] = [randomUUID(), randomUUID()];
    const options = [
      { serviceId: near, score: 82, reasons: ['Free beds today'], unmet: ['CULTURE'] },
      { serviceId: far, score: 60, reasons: ['Spanish spoken'] },
    ];
    const recommend = (input: object) =>
      run(maria, 'recommendServices', 'TreatmentRecommendation', { clientId, needId, options, ...input });
    expect((await recommend({ needId: randomUUID() })).__typename).toBe('NotFound');
    expect((await recommend({ locAssessmentId: randomUUID() })).__typename).toBe('NotFound');
    expect((await recommend({ options: [] })).issues).toEqual([{ path: 'options', code: 'REQUIRED' }]);
    const { id } = await recommend({});
    const choose = (input: object) =>
      run(maria, 'chooseService', 'TreatmentRecommendation', { id, expectedVersion: 1, ...input });
    expect((await choose({ serviceId: randomUUID() })).issues).toEqual([
      { path: 'serviceId', code: 'NOT_AN_OPTION' },
    ]);
    const choice = { serviceId: near, declined: [{ serviceId: far, reason: 'Too far from the children' }] };
    const chosen = await Promise.all([choose(choice), choose(choice)]);
    expect(chosen.map(({ __typename }) => __typename).sort()).toEqual([
      'StaleVersion',
      'TreatmentRecommendation',
    ]);
    expect(
      await read(
        sam,
        clientId,
        `recommendations { edges { node { status need { id }
        chosen { service { id } score unmet } declined { service { id } reason } } } }`,
      ),
    ).toMatchObject({
      recommendations: {
        edges: [
          {
            node: {
              ...{ status: 'CHOSEN', need: { id: needId } },
              chosen: { service: { id: near }, score: 82, unmet: ['CULTURE'] },
              declined: [{ service: { id: far }, reason: 'Too far from the children' }],
            },
          },
        ],
      },
    });
    const facts = await treatment.db.query<{ payload: object }[]>(
      `select payload from outbox where type = 'ServiceChosen' and key = $1`,
      [clientId],
    );
    expect(facts.map(({ payload }) => payload)).toEqual([
      { recommendationId: id, clientId, needId, serviceId: near, matchPoints: 82, declinedServiceIds: [far] },
    ]);
    expect(await read(staff('CASE_MANAGER'), clientId, 'recommendations { edges { node { id } } }')).toEqual({
      recommendations: null,
    });
  });
});

describe('the support checklist', () => {
  it('lists every item by domain; the latest entry of an item counts', async () => {
    const clientId = await treatment.assign(maria.id, sam.id);
    const check = (input: object) => run(maria, 'checkSupport', 'SupportEntry', { clientId, ...input });
    expect((await check({ item: 'CAR', state: 'NEEDED' })).issues).toEqual([
      { path: 'item', code: 'UNKNOWN' },
    ]);
    expect((await check({ item: 'PHONE', state: 'IN_PROGRESS' })).issues).toEqual([
      { path: 'nextStep', code: 'REQUIRED' },
    ]);
    await check({ item: 'PHONE', state: 'NEEDED' });
    await check({
      item: 'PHONE',
      state: 'IN_PROGRESS',
      nextStep: 'Apply for Lifeline',
      nextStepOn: '2090-01-01',
    });
    const checklist = 'supportChecklist { domain items { code entry { state nextStep isOverdue } } }';
    const { supportChecklist } = (await read(sam, clientId, checklist)) as {
      supportChecklist: { domain: string; items: { code: string; entry: object | null }[] }[];
    };
    expect(supportChecklist.map(({ domain }) => domain)).toEqual(['HEALTH', 'HOME', 'PURPOSE', 'COMMUNITY']);
    const items = supportChecklist.flatMap((one) => one.items);
    expect(items.length).toBeGreaterThan(15);
    expect(items.filter(({ entry }) => entry !== null)).toEqual([
      { code: 'PHONE', entry: { state: 'IN_PROGRESS', nextStep: 'Apply for Lifeline', isOverdue: false } },
    ]);
  });
});
