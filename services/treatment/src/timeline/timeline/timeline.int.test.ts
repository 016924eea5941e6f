import { randomUUID } from 'node:crypto';
import {
  caseManagerAssigned,
  caseOpened,
  clientRegistered,
  consentRevoked,
  disclosureMade,
  needRecorded,
  notificationAdded,
  referralFacts,
  referralRequested,
} from '@throughline/events';
import type { Viewer } from '@throughline/graphql';
import { eventually, statementsOf } from '@throughline/testing';
import { staff, testTreatment, type TestTreatment } from '../../treatment.harness.ts';

let treatment: TestTreatment;
const maria = staff('CASE_MANAGER');
const sam = staff('SUPERVISOR');
const minute = (n: number) => new Date(Date.UTC(2026, 10, 23, 10, n));

beforeAll(async () => {
  treatment = await testTreatment();
});
afterAll(() => treatment.close());

const TIMELINE = `query ($ids: [_Any!]!, $first: Int, $after: Cursor, $order: TimelineOrder! = ASC, $kinds: [String!], $filter: TimelineFilter) {
  _entities(representations: $ids) { ... on Client { treatmentAccess { field reason }
    timeline(first: $first, after: $after, order: $order, kinds: $kinds, filter: $filter) {
      edges { node { id kind labels visibleBecause occurredAt actor { kind agency { id } } subject { __typename } } }
      pageInfo { hasNextPage endCursor } } } } }`;
interface Timeline {
  edges: {
    node: {
      id: string;
      kind: string;
      labels: string[];
      visibleBecause: string[];
      subject: { __typename: string } | null;
    };
  }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}
interface Answer {
  _entities: { timeline: Timeline | null; treatmentAccess: { field: string; reason: string }[] }[];
}
const reference = (id: string) => ({ __typename: 'Client', id });
const read = async (viewer: Viewer, clientId: string, args: object = {}) => {
  const { data, errors } = await treatment.ask<Answer>(viewer, TIMELINE, {
    ids: [reference(clientId)],
    ...args,
  });
  expect(errors).toEqual([]);
  return data._entities[0]!;
};
const kinds = (timeline: Timeline | null) => timeline?.edges.map(({ node }) => node.kind);

function referralSent(clientId: string, at: Date) {
  const referralId = randomUUID();
  const data = { referralId, clientId, caseManagerId: maria.id, dueAt: null };
  return referralFacts.sent.of(referralId, at, data);
}

/** Facts of four services about one client, sent in the wrong order. */
async function aLateStory(clientId: string) {
  const consent = { consentId: randomUUID(), clientId, version: 2 };
  const about = { notificationId: randomUUID(), recipientId: maria.id, clientId };
  const requestId = randomUUID();
  const request = { requestId, clientId };
  await treatment.tell('notifications', notificationAdded.of(clientId, minute(7), about));
  await treatment.tell('referrals', referralSent(clientId, minute(5)));
  await treatment.tell('referrals', referralRequested.of(requestId, minute(4), request));
  const opened = { clientId, caseId: randomUUID() };
  const team = { clientId, caseManagerId: maria.id, supervisorId: sam.id };
  await treatment.tell(
    'clients',
    clientRegistered.of(clientId, minute(1), { clientId }),
    caseOpened.of(clientId, minute(1), opened),
    caseManagerAssigned.of(clientId, minute(1), { ...team, caseId: opened.caseId }),
    consentRevoked.of(clientId, minute(9), consent),
  );
}
const inOrder = [
  'ClientRegistered',
  'CaseOpened',
  'CaseManagerAssigned',
  'ReferralRequested',
  'ReferralSent',
  'NotificationAdded',
  'ConsentRevoked',
];

describe('the timeline', () => {
  it('tells what happened in the order in which it happened, whenever it was heard of', async () => {
    const clientId = randomUUID();
    await aLateStory(clientId);
    const { timeline } = await read(maria, clientId);
    expect(kinds(timeline)).toEqual(inOrder);
    expect(kinds((await read(maria, clientId, { order: 'DESC' })).timeline)).toEqual(inOrder.toReversed());
    expect(timeline?.edges.map(({ node }) => node.subject?.__typename)).toEqual([
      'Client',
      'CaseFile',
      'CaseFile',
      'ReferralRequest',
      'Referral',
      'Notification',
      'Consent',
    ]);
  });

  it.each(['ASC', 'DESC'])('%s shows every entry once, whatever the size of the page', async (order) => {
    const clientId = randomUUID();
    await aLateStory(clientId);
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: Timeline | null = (await read(maria, clientId, { first: 2, after, order })).timeline;
      seen.push(...(kinds(page) ?? []));
      after = page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after);
    expect(seen).toEqual(order === 'ASC' ? inOrder : inOrder.toReversed());
  });

  it('shows only the kinds asked for', async () => {
    const clientId = randomUUID();
    await aLateStory(clientId);
    const { timeline } = await read(maria, clientId, { kinds: ['ReferralSent', 'CaseOpened'] });
    expect(kinds(timeline)).toEqual(['CaseOpened', 'ReferralSent']);
  });

  it('is narrowed by kind, label and time together', async () => {
    const clientId = randomUUID();
    await aLateStory(clientId);
    const only = async (filter: object) => kinds((await read(maria, clientId, { filter })).timeline);
    expect(await only({ kinds: ['ReferralSent', 'CaseOpened'] })).toEqual(['CaseOpened', 'ReferralSent']);
    const [since, until] = [minute(4).toISOString(), minute(7).toISOString()];
    expect(await only({ since, until })).toEqual(['ReferralRequested', 'ReferralSent']);
    expect(await only({ labels: ['ID'] })).toEqual(['ClientRegistered', 'ConsentRevoked']);
    expect(await only({ labels: ['ID'], since })).toEqual(['ConsentRevoked']);
    expect(await only({ labels: [] })).toEqual([]);
  });

  it('labels an entry by the record that it is about, and says why one sees it', async () => {
    const clientId = await treatment.assign(maria.id, sam.id);
    const story = `mutation ($c: ID!, $e: StartEpisodeInput!, $s: RecordScreeningInput!) {
      startEpisode(input: $e) { ... on Episode { id } } recordScreening(input: $s) { __typename }
      openCrisis(input: { clientId: $c, level: 3, cause: WITHDRAWAL_RISK }) { __typename } }`;
    const answers = Array.from({ length: 9 }, (_, item) => ({ item: item + 1, value: 0 }));
    const need = { needId: randomUUID(), clientId, caseId: randomUUID(), category: 'FOOD_INSECURITY' };
    await treatment.tell('clients', needRecorded.of(clientId, minute(3), need));
    const { data } = await treatment.ask<{ startEpisode: { id: string } }>(maria, story, {
      ...{ c: clientId, e: { clientId, kind: 'CO_OCCURRING' } },
      s: { clientId, instrument: 'PHQ-9', answers },
    });
    const more = `mutation ($p: PlanTransitionInput!, $v: RecordVisitInput!) {
      planTransition(input: $p) { __typename } recordVisit(input: $v) { __typename } }`;
    const place = { toSetting: 'OUTPATIENT_CLINIC', receiverName: 'River Clinic', reason: 'Step down' };
    const when = { handOff: 'NONE', plannedFor: '2036-03-04' };
    await treatment.ask(maria, more, {
      p: { episodeId: data.startEpisode.id, ...place, ...when },
      v: { clientId, setting: 'EMERGENCY_DEPT', reasons: ['OVERDOSE'], at: minute(2).toISOString() },
    });
    const kindsOf = ['EpisodeStarted', 'ScreeningScored', 'CrisisOpened', 'NeedRecorded'];
    kindsOf.push('TransitionPlanned', 'VisitRecorded');
    const labels = async () => {
      const { timeline } = await read(maria, clientId, { filter: { kinds: kindsOf } });
      return Object.fromEntries((timeline?.edges ?? []).map(({ node }) => [node.kind, node.labels]));
    };
    await eventually(async () =>
      expect(await labels()).toEqual({
        ...{ EpisodeStarted: ['MH', 'SUD'], ScreeningScored: ['MH'], CrisisOpened: ['SUD'] },
        ...{ NeedRecorded: ['SOCIAL'], TransitionPlanned: ['MH', 'SUD'], VisitRecorded: ['SUD'] },
      }),
    );
    const why = async (viewer: Viewer) =>
      (await read(viewer, clientId, { filter: { kinds: ['CaseOpened'] } })).timeline?.edges[0]?.node
        .visibleBecause;
    expect(await why(maria)).toEqual(['OWN_CASELOAD']);
    expect(await why(sam)).toEqual(['TEAM']);
    expect(await why(staff('PRIVACY_OFFICER'))).toEqual(['PRIVACY']);
  });

  it('holds a fact once, however often it is delivered', async () => {
    const clientId = await treatment.assign(maria.id, sam.id);
    const [message] = await treatment.tell('referrals', referralSent(clientId, minute(3)));
    await treatment.deliver(message!, message!);
    const { timeline } = await read(maria, clientId, { kinds: ['ReferralSent'] });
    expect(timeline?.edges.map(({ node }) => node.id)).toEqual([message!.id]);
  });

  it('leaves out facts about nobody, and names the client where a disclosure has no referral', async () => {
    const clientId = await treatment.assign(maria.id, sam.id);
    const about = { notificationId: randomUUID(), recipientId: maria.id };
    await treatment.tell(
      'notifications',
      notificationAdded.of(maria.id, minute(3), { ...about, clientId: null }),
    );
    const disclosure = { disclosureId: randomUUID(), clientId, agencyId: randomUUID(), referralId: null };
    const rest = { labels: ['ID'], fields: ['name'], purpose: 'EMERGENCY', basis: 'EMERGENCY' };
    const how = { consentIds: [], noticeVersion: null, channel: 'PHONE' };
    const data = { ...disclosure, ...rest, ...how, disclosedAt: minute(3).toISOString() };
    await treatment.tell('referrals', disclosureMade.of(clientId, minute(3), data));
    const { timeline } = await read(maria, clientId, { kinds: ['NotificationAdded', 'DisclosureMade'] });
    expect(timeline?.edges).toMatchObject([{ node: { subject: { __typename: 'Client' } } }]);
  });

  it('is withheld from a stranger as it is for a client who does not exist', async () => {
    const clientId = await treatment.assign(maria.id, sam.id);
    const stranger = staff('CASE_MANAGER');
    const foreign = await read(stranger, clientId);
    expect(foreign.timeline).toBeNull();
    expect(await read(stranger, randomUUID())).toEqual(foreign);
    expect(await read(stranger, 'nonsense')).toEqual(foreign);
    expect(foreign.treatmentAccess).toContainEqual({ field: 'timeline', reason: 'NOT_ASSIGNED' });
  });

  it('shows a privacy officer who and when, but nothing clinical', async () => {
    const clientId = await treatment.assign(maria.id, sam.id);
    const open = `mutation ($c: ID!) { openCarePlan(input: { clientId: $c }) { __typename } }`;
    await treatment.ask(maria, open, { c: clientId });
    const only = { kinds: ['CarePlanOpened', 'CaseOpened'] };
    await eventually(async () =>
      expect(kinds((await read(maria, clientId, only)).timeline)).toEqual(['CaseOpened', 'CarePlanOpened']),
    );
    const officer = staff('PRIVACY_OFFICER');
    const { timeline, treatmentAccess } = await read(officer, clientId, only);
    expect(kinds(timeline)).toEqual(['CaseOpened']);
    expect(kinds((await read(officer, clientId)).timeline)).toEqual(['CaseOpened', 'CaseManagerAssigned']);
    expect(treatmentAccess).toContainEqual({ field: 'carePlan', reason: 'ROLE_FORBIDDEN' });
    expect((await read(staff('INTAKE_WORKER'), clientId)).timeline).toBeNull();
  });

  it('refuses a text that is no cursor of this list', async () => {
    const clientId = await treatment.assign(maria.id, sam.id);
    const after = Buffer.from(JSON.stringify([minute(1).toISOString(), '1', randomUUID()])).toString(
      'base64url',
    );
    const { errors } = await treatment.ask(maria, TIMELINE, { ids: [reference(clientId)], after });
    expect(errors[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });
});

describe('the number of statements', () => {
  it('of a page does not grow with the page, nor with the number of clients', async () => {
    const clients: string[] = [];
    for (let n = 0; n < 50; n++) clients.push(await treatment.assign(maria.id, sam.id));
    await treatment.tell('referrals', ...clients.map((id) => referralSent(id, minute(3))));
    const reads = (some: string[], first: number) =>
      statementsOf(treatment.service.dataSource, async () => {
        const answer = await treatment.ask<Answer>(maria, TIMELINE, { ids: some.map(reference), first });
        expect(answer.data._entities).toHaveLength(some.length);
        expect(answer.data._entities.at(-1)?.timeline?.edges).toHaveLength(Math.min(first, 3));
      });
    expect(await reads(clients.slice(0, 1), 1)).toHaveLength(2);
    expect(await reads(clients.slice(0, 1), 100)).toHaveLength(2);
    expect(await reads(clients, 100)).toHaveLength(2);
  });

  it('of a caseload page is the same for 1 client and for 50', async () => {
    const clients: string[] = [];
    for (let n = 0; n < 50; n++) clients.push(await treatment.assign(maria.id, sam.id));
    const query = `query ($ids: [_Any!]!) { _entities(representations: $ids) { ... on Client {
      currentEpisode { phase } episodes { id } carePlan { goals { id lint { part } } }
      screenings(first: 1) { edges { node { total } } } openSafetyFlags { flag }
      nextSteps { id } risk { tier } openCrisisAlerts { id } gaps { kind } sinceYouLastLooked { total } } } }`;
    const reads = (some: string[]) =>
      statementsOf(treatment.service.dataSource, () =>
        treatment.ask(maria, query, { ids: some.map(reference) }),
      );
    const open = `mutation ($c: ID!) { openCarePlan(input: { clientId: $c }) { __typename } }`;
    for (const c of clients.slice(0, 3)) await treatment.ask(maria, open, { c });
    expect(await reads(clients.slice(0, 1))).toHaveLength(11);
    expect(await reads(clients)).toHaveLength(11);
  });
});
