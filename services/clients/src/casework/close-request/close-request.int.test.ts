import { randomUUID } from 'node:crypto';
import { referralFacts } from '@throughline/events';
import type { Viewer } from '@throughline/graphql';
import { aClient, hire, testService, type TestService } from '../../test-service.ts';

let service: TestService;
let people: Awaited<ReturnType<typeof hire>>;
beforeAll(async () => {
  service = await testService();
  people = await hire(service.ask);
});
afterAll(() => service.close());

interface Answer extends Record<string, unknown> {
  __typename: string;
  version: number;
}
async function act(viewer: Viewer, name: string, input: object): Promise<Answer> {
  service.clock.now = new Date(service.clock.now.getTime() + 1000);
  const query = `mutation ($input: ${name[0]!.toUpperCase()}${name.slice(1)}Input!) { r: ${name}(input: $input) { __typename
    ... on CaseFile { version status closure { override closedBy { id } }
      closeRequest { status override askedBy { id } decidedBy { id } decisionReason } }
    ... on Problem { message } ... on InvalidTransition { from } } }`;
  const { data, errors } = await service.ask<{ r: Answer }>(viewer, query, { input });
  expect(errors).toEqual([]);
  return data.r;
}

/** A case that a referral holds up. */
async function heldUp() {
  const { id: clientId, activeCase } = await aClient(service.ask, people.maria);
  const step = { referralId: randomUUID(), clientId, caseManagerId: people.maria.id, dueAt: null };
  await service.hear(
    referralFacts.created.of(step.referralId, new Date(), step),
    referralFacts.sent.of(step.referralId, new Date(), step),
  );
  return { clientId, caseId: activeCase.id };
}
const wish = { reason: 'MOVED_OUT_OF_AREA', override: 'The agency answers no more' };

describe('a case that something holds up', () => {
  it('is closed by a supervisor whom the case manager asked, once, and by nobody who asked', async () => {
    const { clientId, caseId } = await heldUp();
    const ask = { caseId, ...wish, expectedVersion: 1 };
    const [one, two] = await Promise.all([
      act(people.maria, 'askToCloseCase', ask),
      act(people.maria, 'askToCloseCase', ask),
    ]);
    expect([one.__typename, two.__typename].sort()).toEqual(['CaseFile', 'StaleVersion']);
    const again = await act(people.maria, 'askToCloseCase', { ...ask, expectedVersion: 2 });
    expect(again).toMatchObject({ __typename: 'InvalidTransition', from: 'CLOSE_ASKED' });

    const decide = { caseId, approve: true, expectedVersion: 2 };
    expect(await act(people.otherSupervisor, 'decideCloseRequest', decide)).toMatchObject({
      __typename: 'NotFound',
    });
    const closed = await act(people.supervisor, 'decideCloseRequest', decide);
    expect(closed).toMatchObject({
      ...{ status: 'CLOSED', closure: { override: wish.override, closedBy: { id: people.supervisor.id } } },
      closeRequest: {
        status: 'APPROVED',
        askedBy: { id: people.maria.id },
        decidedBy: { id: people.supervisor.id },
      },
    });
    const types = await service.recorded(clientId);
    expect(types.filter((type) => type.includes('Close'))).toEqual(['CaseCloseAsked', 'CaseClosed']);
  });

  it('stays open with a reason, can be asked for again, and nobody decides what they asked', async () => {
    const { caseId } = await heldUp();
    await act(people.maria, 'askToCloseCase', { caseId, ...wish, expectedVersion: 1 });
    const refuse = { caseId, approve: false, expectedVersion: 2, reason: 'Try the sister first' };
    expect(await act(people.supervisor, 'decideCloseRequest', refuse)).toMatchObject({
      closeRequest: { status: 'REFUSED', decisionReason: 'Try the sister first' },
      version: 3,
    });
    await act(people.supervisor, 'askToCloseCase', { caseId, ...wish, expectedVersion: 3 });
    const own = { caseId, approve: true, expectedVersion: 4 };
    expect(await act(people.supervisor, 'decideCloseRequest', own)).toMatchObject({
      __typename: 'Forbidden',
    });
    // Closed by an override of the supervisor, nothing is left to decide.
    const close = { caseId, ...wish, expectedVersion: 4 };
    expect(await act(people.supervisor, 'closeCase', close)).toMatchObject({
      ...{ status: 'CLOSED', closeRequest: { status: 'SETTLED', decidedBy: null } },
    });
  });
});
