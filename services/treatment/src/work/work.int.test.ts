import { randomUUID } from 'node:crypto';
import { caseRoleAssigned } from '@throughline/events';
import type { Viewer } from '@throughline/graphql';
import { staff, testTreatment, type TestTreatment } from '../treatment.harness.ts';

let treatment: TestTreatment;
const maria = staff('CASE_MANAGER');
const sam = staff('SUPERVISOR');
const chen = staff('CLINICIAN');
beforeAll(async () => {
  treatment = await testTreatment();
});
afterAll(() => treatment.close());

const typeOf: Record<string, string> = {
  giveAdvice: 'Advice',
  answerAdvice: 'Advice',
  recordTeachBack: 'Advice',
  recordGuidance: 'GuidanceActivity',
  openAdvocacy: 'AdvocacyAction',
  resolveAdvocacy: 'AdvocacyAction',
};
interface Answer extends Record<string, unknown> {
  __typename: string;
  id: string;
}
async function run(viewer: Viewer, mutation: string, input: object): Promise<Answer> {
  const name = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}`;
  const query = `mutation ($input: ${name}Input!) { r: ${mutation}(input: $input) { __typename
    ... on ${typeOf[mutation] ?? ''} { id } ... on Problem { message ... on InvalidInput { issues { path code } } } } }`;
  const { data, errors } = await treatment.ask<{ r: Answer }>(viewer, query, { input });
  expect(errors).toEqual([]);
  return data.r;
}
async function read(viewer: Viewer, clientId: string) {
  const query = `query ($c: ID!) { _entities(representations: [{ __typename: "Client", id: $c }]) { ... on Client {
    advice { edges { node { scope answer understood clinician { id } } } }
    guidance(first: 1) { edges { node { minutes doneOn } } pageInfo { hasNextPage endCursor } }
    advocacy { edges { node { status appealOf { status } } } } } } }`;
  const { data, errors } = await treatment.ask<{ _entities: [Record<string, unknown>] }>(viewer, query, {
    c: clientId,
  });
  expect(errors).toEqual([]);
  return data._entities[0];
}
/** A client of Maria, with Chen on the care team. */
async function aClient(): Promise<string> {
  const clientId = await treatment.assign(maria.id, sam.id);
  const [{ caseId }] = await treatment.db.query<[{ caseId: string }]>(
    'select case_id as "caseId" from care where client_id = $1',
    [clientId],
  );
  const role = { clientId, caseId, staffId: chen.id, role: 'SECONDARY' };
  await treatment.tell('clients', caseRoleAssigned.of(clientId, new Date(), role));
  return clientId;
}

describe('the acts of a case manager', () => {
  it('are advice with a question to a clinician, guidance and advocacy', async () => {
    const clientId = await aClient();
    const question = { clientId, topic: 'MEDICATION', situation: 'Wants to stop the medicine' };
    expect(await run(maria, 'giveAdvice', question)).toMatchObject({
      issues: [{ path: 'clinicianId', code: 'OUT_OF_SCOPE' }],
    });
    const asked = await run(maria, 'giveAdvice', { ...question, clinicianId: chen.id });
    await run(chen, 'answerAdvice', {
      id: asked.id,
      expectedVersion: 1,
      answer: 'Go on, and see me on Friday',
    });
    const said = { id: asked.id, expectedVersion: 2, teachBack: 'I go on until Friday', understood: true };
    expect(await run(maria, 'recordTeachBack', said)).toMatchObject({ __typename: 'Advice' });

    const guidance = { clientId, kind: 'FORMS', what: 'Housing form', minutes: 40, result: 'Handed in' };
    for (const minutes of [20, 40]) await run(maria, 'recordGuidance', { ...guidance, minutes });
    const ask = { clientId, kind: 'BENEFIT_APPEAL', counterparty: 'Benefits office', ask: 'Pay from March' };
    const first = await run(maria, 'openAdvocacy', ask);
    await run(maria, 'resolveAdvocacy', {
      id: first.id,
      expectedVersion: 1,
      status: 'REFUSED',
      result: 'Too late',
    });
    const appeals = await Promise.all(
      [1, 2].map(() => run(maria, 'openAdvocacy', { ...ask, appealOfId: first.id })),
    );
    expect(appeals.map(({ __typename }) => __typename).sort()).toEqual(['AdvocacyAction', 'InvalidInput']);
    expect(await read(sam, clientId)).toMatchObject({
      advice: {
        edges: [
          { node: { answer: 'Go on, and see me on Friday', understood: true, clinician: { id: chen.id } } },
        ],
      },
      guidance: { edges: [{ node: { minutes: 40 } }], pageInfo: { hasNextPage: true } },
      advocacy: { edges: [{ node: { appealOf: { status: 'REFUSED' } } }, { node: { status: 'REFUSED' } }] },
    });
  });

  it('serve a goal of the same client only, and are nobody else’s', async () => {
    const clientId = await aClient();
    const guidance = { clientId, kind: 'TRANSPORT', what: 'Bus', minutes: 30, result: 'Arrived' };
    expect(await run(maria, 'recordGuidance', { ...guidance, goalId: randomUUID() })).toMatchObject({
      __typename: 'NotFound',
    });
    const stranger = staff('CASE_MANAGER');
    expect(await run(stranger, 'recordGuidance', guidance)).toMatchObject({ __typename: 'NotFound' });
    expect(await read(stranger, clientId)).toEqual({ advice: null, guidance: null, advocacy: null });
  });
});
