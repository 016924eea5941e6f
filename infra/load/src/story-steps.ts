import { setTimeout as pause } from 'node:timers/promises';
import type { GraphQLClient } from '@throughline/testing';
import { services } from '@throughline/e2e/a-directory.ts';
import type { Receiver } from '@throughline/e2e/a-receiver.ts';
import { ask, type Outcome } from '@throughline/e2e/ask.ts';
import * as maria from '@throughline/e2e/case-manager.ts';
import * as shelter from '@throughline/e2e/partner-agency.ts';

export interface People {
  caseManager: GraphQLClient;
  supervisor: GraphQLClient;
  agency: GraphQLClient;
  receiver: Receiver;
}

/** Runs a step under its name and keeps how long it took. */
export type Step = <Result>(name: string, work: () => Promise<Result>) => Promise<Result>;

const timeline = `query ($id: ID!) { client(id: $id) { timeline(first: 100) { edges { node {
  occurredAt kind actor { kind staff { name } agency { name } }
  subject { __typename ... on Client { caseNumber } ... on Consent { kind } ... on Screening { band }
    ... on Goal { lifecycle } ... on Referral { status service { name } } ... on Notification { code } }
} } } } }`;

/** The story of infra/e2e for one new client. Steps with "until" wait for facts; the others are requests only. */
export async function tellStory(people: People, step: Step): Promise<void> {
  const { caseManager } = people;
  const client = await step('1 register a client with needs', () => maria.registerClient(caseManager));
  await step('2 refuse a deficient consent', async () => {
    const deficient = { ...maria.shelterConsent(), expiry: null, signatures: [], purposes: [] };
    must(await maria.recordConsent(caseManager, client.id, deficient), 'ConsentDeficient');
  });
  await screen(people, step, client.id);
  await step('4 plan and goal: open, add, refuse, revise, activate (5 requests)', () =>
    planGoal(caseManager, client.id),
  );
  await step('5 match services', () => match(caseManager));
  const referral = await refer(caseManager, step, client);
  const seen = await answer(people, step, referral.id);
  await step('8 until the case manager is notified', () =>
    notified(caseManager, 'REFERRAL_ACCEPTED', client.id),
  );
  await step('8 the timeline across all services', () => ask(caseManager, timeline, { id: client.id }));
  await finish(people, step, { seen, clientId: client.id });
  await takeBack(people, step);
}

async function screen({ caseManager, supervisor }: People, step: Step, clientId: string): Promise<void> {
  await step('3 score a PHQ-9', () => maria.scorePhq9(caseManager, clientId));
  const alert = await step('3 until the supervisor sees the alert', () =>
    notified(supervisor, 'SCREEN_POSITIVE_SAFETY', clientId),
  );
  await step('3 acknowledge it', async () => {
    const mutation = `mutation ($input: AcknowledgeNotificationInput!) {
      acknowledgeNotification(input: $input) { __typename } }`;
    must(await ask<Outcome>(supervisor, mutation, { input: { id: alert } }), 'Notification');
  });
}

async function planGoal(caseManager: GraphQLClient, clientId: string): Promise<void> {
  const plan = await maria.openCarePlan(caseManager, clientId);
  const goal = await maria.addGoal(caseManager, plan.id, { statementInClientWords: 'A door I can lock' });
  must(await maria.activateGoal(caseManager, goal), 'GoalIncomplete');
  const whole = await maria.reviseGoal(caseManager, goal, {
    measure: { metric: 'nights indoors a week', baseline: 0, target: 7, unit: 'nights' },
    dueOn: '2099-06-30',
  });
  must(await maria.activateGoal(caseManager, whole), 'Goal');
}

function match(caseManager: GraphQLClient): Promise<unknown> {
  const query = `query ($input: MatchInput!) { serviceMatches(input: $input) {
    matches { service { id } score parts { code points } unknowns }
    excluded { service { id } reasons { code message } } } }`;
  const input = { needCategory: 'HOMELESSNESS', ageYears: 35, language: 'es', interpreterNeeded: true };
  return ask(caseManager, query, { input });
}

async function refer(caseManager: GraphQLClient, step: Step, client: maria.Registered) {
  const needId = client.activeCase.needs[0]?.id;
  const referral = await step('6 draft a referral', () =>
    maria.createReferral(caseManager, { needId, serviceId: services.nights, matchScore: 70 }),
  );
  await step('6 refuse to send it without consent', async () => {
    must(await maria.sendReferral(caseManager, referral), 'ConsentRequired');
  });
  await step('6 record a whole consent', () =>
    maria.recordConsent(caseManager, client.id, maria.shelterConsent()),
  );
  await step('6 send it, disclosure decided and written', async () => {
    must(await maria.sendReferral(caseManager, referral), 'Referral');
  });
  return referral;
}

async function answer({ agency, receiver }: People, step: Step, id: string): Promise<shelter.SeenReferral> {
  await step('7 until the webhook arrives', () =>
    until(() => Promise.resolve(receiver.deliveries.some(({ body }) => body.includes(id)))),
  );
  const first = await step('7 the agency reads', () => reads(agency, id));
  const seen = await step('7 the agency accepts', () => shelter.answer(agency, 'acceptReferral', first));
  return must(seen, 'PartnerReferral');
}

async function reads(agency: GraphQLClient, id: string): Promise<shelter.SeenReferral> {
  const seen = await shelter.readReferral(agency, id);
  if (!seen) throw new Error('The agency does not see the referral');
  return seen;
}

async function finish(
  { agency, caseManager }: People,
  step: Step,
  { seen, clientId }: { seen: shelter.SeenReferral; clientId: string },
): Promise<void> {
  const started = await step('9 the agency starts the service', () =>
    shelter.answer(agency, 'startReferralService', seen, { firstServiceAt: new Date().toISOString() }),
  );
  await step('9 the agency closes it with an outcome', () =>
    shelter.answer(agency, 'closeReferralResolved', started, { outcomeCode: 'HOUSED' }),
  );
  const query = 'query ($id: ID!) { client(id: $id) { activeCase { needs { status } } } }';
  await step('9 until the need is met', () =>
    until(async () => {
      const { activeCase } = await ask<{ activeCase: { needs: { status: string }[] } }>(caseManager, query, {
        id: clientId,
      });
      return activeCase.needs[0]?.status === 'MET';
    }),
  );
}

/** The second run of the story: another client with a live referral takes the consent back. Only that is timed. */
async function takeBack({ agency, caseManager }: People, step: Step): Promise<void> {
  const client = await maria.registerClient(caseManager);
  const consent = await maria.recordConsent(caseManager, client.id, maria.shelterConsent());
  const needId = client.activeCase.needs[0]?.id;
  const draft = await maria.createReferral(caseManager, { needId, serviceId: services.nights });
  must(await maria.sendReferral(caseManager, draft), 'Referral');
  must(await shelter.answer(agency, 'acceptReferral', await reads(agency, draft.id)), 'PartnerReferral');
  await step('10 revoke the consent', async () => {
    must(await maria.revokeConsent(caseManager, consent), 'Consent');
  });
  const tombstone = await step('10 the agency reads a tombstone', () =>
    shelter.readReferral(agency, draft.id),
  );
  if (tombstone?.person) throw new Error('The agency still sees the person');
  await step('10 until the case manager is notified', () =>
    notified(caseManager, 'CONSENT_REVOKED', client.id),
  );
}

async function notified(who: GraphQLClient, code: string, clientId: string): Promise<string> {
  const query = '{ myNotifications(first: 50) { edges { node { id code client { id } } } } }';
  interface Inbox {
    edges: { node: { id: string; code: string; client: { id: string } | null } }[];
  }
  let found: string | undefined;
  await until(async () => {
    const { edges } = await ask<Inbox>(who, query);
    found = edges.find(({ node }) => node.code === code && node.client?.id === clientId)?.node.id;
    return found !== undefined;
  });
  return found ?? '';
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!(await isTrue())) {
    if (performance.now() > deadline) throw new Error('It did not happen within 20 s');
    await pause(5);
  }
}

function must<Answer extends { __typename: string; message?: string }>(answer: Answer, type: string): Answer {
  if (answer.__typename !== type) {
    throw new Error(`${type} expected, not ${answer.__typename}: ${answer.message ?? ''}`);
  }
  return answer;
}
