import { randomUUID } from 'node:crypto';
import { caseFacts, caseManagerAssigned, nextContactMoved, staffRecorded } from '@throughline/events';
import type { Viewer } from '@throughline/graphql';
import { eventually, statementsOf } from '@throughline/testing';
import { staff, testTreatment, type TestTreatment } from '../../treatment.harness.ts';

let treatment: TestTreatment;
const maria = staff('CASE_MANAGER');
const sam = staff('SUPERVISOR');
const now = new Date('2036-03-05T15:00:00Z');
const minutes = (n: number) => new Date(now.getTime() + n * 60_000);

beforeAll(async () => {
  treatment = await testTreatment({ now });
  await isStaff(sam, null);
});
beforeEach(() => {
  treatment.clock.now = now;
});
afterAll(() => treatment.close());

const isStaff = async ({ id, roles }: Viewer, supervisorId: string | null, coverId: string | null = null) => {
  const known = { staffId: id, supervisorId, roles: [...roles], timeZone: null, active: true };
  await treatment.tell('clients', staffRecorded.of(id, now, { ...known, away: coverId !== null, coverId }));
};

const DAY = `query ($id: ID!, $first: Int, $after: Cursor) {
  _entities(representations: [{ __typename: "StaffMember", id: $id }]) { ... on StaffMember {
    dueToday(first: $first, after: $after) {
      edges { node { kind urgency isOverdue mustAcknowledge client { id } subject { __typename } } }
      pageInfo { hasNextPage endCursor } } } } }`;
interface Item {
  kind: string;
  urgency: string;
  isOverdue: boolean;
  mustAcknowledge: boolean;
  client: { id: string };
  subject: { __typename: string } | null;
}
interface Day {
  edges: { node: Item }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}
const dayOf = async (viewer: Viewer, id: string, args: object = {}): Promise<Day | null> => {
  const { data, errors } = await treatment.ask<{ _entities: { dueToday: Day | null }[] }>(viewer, DAY, {
    id,
    ...args,
  });
  expect(errors).toEqual([]);
  return data._entities[0]?.dueToday ?? null;
};
const shown = (day: Day | null) => day?.edges.map(({ node }) => `${node.urgency} ${node.kind}`);

const answers: Record<string, string> = {
  ...{ openCrisis: 'CrisisAlert', acknowledgeCrisis: 'CrisisAlert', openCarePlan: 'CarePlan' },
  ...{ openAdvocacy: 'AdvocacyAction', recordScreening: 'Screening' },
  ...{ setRiskTier: 'RiskStratification', decideRiskTier: 'RiskStratification' },
};
async function run(viewer: Viewer, name: string, input: object): Promise<{ __typename: string; id: string }> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { r: ${name}(input: $input) { __typename
    ... on ${answers[name] ?? ''} { id } ... on Problem { message } } }`;
  const { data, errors } = await treatment.ask<{ r: { __typename: string; id: string } }>(viewer, query, {
    input,
  });
  expect(errors).toEqual([]);
  expect(data.r.__typename).toBe(answers[name]);
  return data.r;
}
const crisis = (by: Viewer, clientId: string, level: number) =>
  run(by, 'openCrisis', { clientId, level, cause: 'OTHER', note: 'As told' });

/** A plan in force whose review is due on the day. */
async function reviewOn(by: Viewer, clientId: string, day: string) {
  const { id } = await run(by, 'openCarePlan', { clientId });
  await treatment.db.query(
    `update care_plan set status = 'ACTIVE', activated_at = opened_at, review_on = $2 where id = $1`,
    [id, day],
  );
}

/** The clients service says when the next contact of the case is due; null: it waits for none. */
async function contactDue(clientId: string, dueAt: Date | null) {
  const [row] = await treatment.db.query<{ caseId: string }[]>(
    'select case_id as "caseId" from care where client_id = $1',
    [clientId],
  );
  const moved = { clientId, caseId: row?.caseId ?? '', dueAt: dueAt?.toISOString() ?? null };
  await treatment.tell('clients', nextContactMoved.of(clientId, now, moved));
}

/** One of everything, the last in the order of work first. */
async function everything(by: Viewer) {
  const clients = await Promise.all(Array.from({ length: 6 }, () => treatment.assign(by.id, sam.id)));
  const [watched, reviewed, asked, screened, urgent, imminent] = clients as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  await crisis(by, watched, 3);
  await reviewOn(by, reviewed, '2036-03-05');
  treatment.clock.now = new Date('2036-03-03T15:00:00Z');
  const ask = { kind: 'LETTER', counterparty: 'Landlord', ask: 'Repair', deadline: '2036-03-03' };
  await run(by, 'openAdvocacy', { clientId: asked, ...ask });
  treatment.clock.now = now;
  await contactDue(reviewed, minutes(-1));
  await contactDue(asked, minutes(60));
  await contactDue(watched, minutes(24 * 60));
  const answers = Array.from({ length: 9 }, (_, item) => ({ item: item + 1, value: item === 8 ? 1 : 0 }));
  await run(by, 'recordScreening', { clientId: screened, instrument: 'PHQ-9', answers });
  await crisis(by, urgent, 2);
  await crisis(by, imminent, 1);
  return { watched, imminent };
}
const inOrder = [
  'IMMINENT CRISIS',
  'URGENT CRISIS',
  'SAFETY NEXT_STEP',
  'OVERDUE ADVOCACY',
  'OVERDUE CONTACT',
  'TODAY CONTACT',
  'TODAY PLAN_REVIEW',
  'WATCH CRISIS',
];

describe('the day of a member of staff', () => {
  it('is one list in the order in which one should work', async () => {
    const lena = staff('CASE_MANAGER');
    await isStaff(lena, sam.id);
    await everything(lena);
    const day = await dayOf(lena, lena.id);
    expect(shown(day)).toEqual(inOrder);
    expect(day?.edges.map(({ node }) => node.mustAcknowledge)).toEqual([
      true,
      true,
      ...[false, false, false, false, false, false],
    ]);
    expect(day?.edges.map(({ node }) => node.subject?.__typename)).toEqual([
      ...[
        'CrisisAlert',
        'CrisisAlert',
        'NextStep',
        'AdvocacyAction',
        'CaseFile',
        'CaseFile',
        'CarePlan',
        'CrisisAlert',
      ],
    ]);
    treatment.clock.now = minutes(6);
    expect((await dayOf(lena, lena.id))?.edges[0]?.node).toMatchObject({ isOverdue: true });

    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: Day | null = await dayOf(lena, lena.id, { first: 2, after });
      seen.push(...(shown(page) ?? []));
      after = page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after);
    expect(seen).toEqual(inOrder);
  });

  it('ends when the day ends in the time zone of the program', async () => {
    const ada = staff('CASE_MANAGER');
    const clientId = await treatment.assign(ada.id, sam.id);
    await reviewOn(ada, clientId, '2036-03-06');
    // The program is in New York: 04:30 UTC is 23:30 of the day before.
    treatment.clock.now = new Date('2036-03-06T04:30:00Z');
    expect(shown(await dayOf(ada, ada.id))).toEqual([]);
    treatment.clock.now = new Date('2036-03-06T05:30:00Z');
    expect(shown(await dayOf(ada, ada.id))).toEqual(['TODAY PLAN_REVIEW']);
    treatment.clock.now = new Date('2036-03-07T05:30:00Z');
    expect(shown(await dayOf(ada, ada.id))).toEqual(['OVERDUE PLAN_REVIEW']);
  });

  it('has the contact of a case until it is due later, or not at all', async () => {
    const eva = staff('CASE_MANAGER');
    const clientId = await treatment.assign(eva.id, sam.id);
    await contactDue(clientId, minutes(-5));
    expect(shown(await dayOf(eva, eva.id))).toEqual(['OVERDUE CONTACT']);
    await contactDue(clientId, minutes(3 * 24 * 60));
    expect(shown(await dayOf(eva, eva.id))).toEqual([]);
    await contactDue(clientId, minutes(30));
    expect(shown(await dayOf(eva, eva.id))).toEqual(['TODAY CONTACT']);
    await contactDue(clientId, null);
    expect(shown(await dayOf(eva, eva.id))).toEqual([]);
  });

  it('is read by the person and the own supervisor; for everybody else it is not there', async () => {
    const ben = staff('CASE_MANAGER');
    await isStaff(ben, sam.id);
    await crisis(ben, await treatment.assign(ben.id, sam.id), 1);
    expect(shown(await dayOf(sam, ben.id))).toEqual(['IMMINENT CRISIS']);
    for (const other of [maria, staff('SUPERVISOR'), staff('PRIVACY_OFFICER'), staff('PROGRAM_ADMIN')])
      expect(await dayOf(other, ben.id)).toBeNull();
    expect(await dayOf(sam, randomUUID())).toBeNull();
    expect(await dayOf(sam, 'nonsense')).toBeNull();
  });

  it('is also the day of who stands in, and no longer holds a client who went to somebody else', async () => {
    const [away, cover, next] = [staff('CASE_MANAGER'), staff('CASE_MANAGER'), staff('CASE_MANAGER')];
    const clientId = await treatment.assign(away.id, sam.id);
    const answers = Array.from({ length: 9 }, (_, item) => ({ item: item + 1, value: item === 8 ? 1 : 0 }));
    await run(away, 'recordScreening', { clientId, instrument: 'PHQ-9', answers });
    expect(shown(await dayOf(cover, cover.id))).toEqual([]);
    await isStaff(away, sam.id, cover.id);
    expect(shown(await dayOf(cover, cover.id))).toEqual(['SAFETY NEXT_STEP']);

    const { caseId } = (
      await treatment.db.query<{ caseId: string }[]>(
        'select case_id as "caseId" from care where client_id = $1',
        [clientId],
      )
    )[0]!;
    const moved = { clientId, caseId, caseManagerId: next.id, supervisorId: sam.id };
    await treatment.tell('clients', caseManagerAssigned.of(clientId, now, moved));
    expect(shown(await dayOf(away, away.id))).toEqual([]);
    expect(shown(await dayOf(cover, cover.id))).toEqual([]);
  });

  it('takes as many statements for 60 clients as for 5', async () => {
    const load = async (count: number) => {
      const one = staff('CASE_MANAGER');
      for (let n = 0; n < count; n++) await crisis(one, await treatment.assign(one.id, sam.id), 1);
      const reads = () =>
        statementsOf(treatment.service.dataSource, async () => {
          expect((await dayOf(one, one.id, { first: 100 }))?.edges).toHaveLength(count);
        });
      // The service hears of its own facts meanwhile, and reads for them.
      await eventually(async () => expect(await reads()).toHaveLength(3));
    };
    await load(5);
    await load(60);
  });
});

const APPROVALS = `query ($id: ID!) { _entities(representations: [{ __typename: "StaffMember", id: $id }]) {
  ... on StaffMember { approvalsToDecide { edges { node { kind askedBy { id } client { id } subject { __typename
    ... on RiskStratification { rid: id rv: version } ... on CrisisAlert { cid: id cv: version } } } } } } } }`;
interface Approval {
  kind: string;
  askedBy: { id: string } | null;
  client: { id: string };
  subject: { rid?: string; rv?: number; cid?: string; cv?: number };
}
const approvalsOf = async (viewer: Viewer, id = viewer.id): Promise<Approval[] | null> => {
  const { data, errors } = await treatment.ask<{
    _entities: { approvalsToDecide: { edges: { node: Approval }[] } | null }[];
  }>(viewer, APPROVALS, { id });
  expect(errors).toEqual([]);
  return data._entities[0]?.approvalsToDecide?.edges.map(({ node }) => node) ?? null;
};

describe('the day of a supervisor', () => {
  it('has the crises of the team that nobody acknowledged in time', async () => {
    const [kim, boss] = [staff('CASE_MANAGER'), staff('SUPERVISOR')];
    await isStaff(kim, boss.id);
    await crisis(kim, await treatment.assign(kim.id, boss.id), 1);
    expect(shown(await dayOf(boss, boss.id))).toEqual([]);
    treatment.clock.now = minutes(5);
    expect(shown(await dayOf(boss, boss.id))).toEqual(['IMMINENT CRISIS']);
    const told = async () => (await fetch(new URL('/metrics', treatment.service.url))).text();
    expect(/crisis_unacknowledged{service="treatment"} (\d+)/.exec(await told())?.[1]).not.toBe('0');
  });
});

describe('what waits for a supervisor', () => {
  it('is a lower tier and the response to a crisis, never of the own doing, until it is decided', async () => {
    const [lea, boss] = [staff('CASE_MANAGER'), staff('SUPERVISOR')];
    await isStaff(lea, boss.id);
    const lowered = await treatment.assign(lea.id, boss.id);
    const tier = (value: string, expectedVersion: number) =>
      run(lea, 'setRiskTier', { clientId: lowered, tier: value, reason: 'As discussed', expectedVersion });
    await tier('HIGH', 0);
    await tier('LOW', 1);
    const hurt = await treatment.assign(lea.id, boss.id);
    const { id } = await crisis(lea, hurt, 2);
    const step = (by: Viewer, name: string, expectedVersion: number) =>
      treatment.ask<{ r: { __typename: string } }>(
        by,
        `mutation ($input: CrisisStepInput!) { r: ${name}(input: $input) { __typename } }`,
        { input: { id, expectedVersion } },
      );
    await run(lea, 'acknowledgeCrisis', { id });
    await step(lea, 'startCrisisResponse', 2);
    await step(boss, 'stabiliseCrisis', 3);

    // The supervisor responded last: another one reviews.
    expect((await approvalsOf(boss))?.map(({ kind }) => kind)).toEqual(['RISK_TIER']);
    expect((await step(boss, 'reviewCrisis', 4)).data.r.__typename).toBe('Forbidden');
    const [waiting] = (await approvalsOf(boss)) ?? [];
    expect(waiting).toMatchObject({ askedBy: { id: lea.id }, client: { id: lowered } });
    expect(await approvalsOf(lea)).toEqual([]);
    expect(await approvalsOf(staff('SUPERVISOR'), boss.id)).toBeNull();

    const { rid, rv } = waiting!.subject;
    await run(boss, 'decideRiskTier', { id: rid, approve: true, expectedVersion: rv });
    expect(await approvalsOf(boss)).toEqual([]);
  });

  it('waits for another supervisor who stands in, for as long as that lasts', async () => {
    const [lea, boss, other] = [staff('CASE_MANAGER'), staff('SUPERVISOR'), staff('SUPERVISOR')];
    await isStaff(lea, boss.id);
    await isStaff(other, null);
    const clientId = await treatment.assign(lea.id, boss.id);
    const tier = (value: string, expectedVersion: number) =>
      run(lea, 'setRiskTier', { clientId, tier: value, reason: 'As discussed', expectedVersion });
    await tier('HIGH', 0);
    await tier('LOW', 1);
    expect(await approvalsOf(other)).toEqual([]);

    await isStaff(boss, null, other.id);
    const [waiting] = (await approvalsOf(other)) ?? [];
    expect(waiting).toMatchObject({ kind: 'RISK_TIER', client: { id: clientId } });
    expect(await approvalsOf({ ...other, roles: ['CASE_MANAGER'] })).toEqual([]);

    await isStaff(boss, null);
    expect(await approvalsOf(other)).toEqual([]);
    await isStaff(boss, null, other.id);
    const { rid, rv } = waiting!.subject;
    await run(other, 'decideRiskTier', { id: rid, approve: true, expectedVersion: rv });
    expect(await approvalsOf(boss)).toEqual([]);
  });

  it('is also a request to close a case, until it is decided, in the same list', async () => {
    const [leo, boss] = [staff('CASE_MANAGER'), staff('SUPERVISOR')];
    await isStaff(leo, boss.id);
    const clientId = await treatment.assign(leo.id, boss.id);
    const [row] = await treatment.db.query<{ caseId: string }[]>(
      'select case_id as "caseId" from care where client_id = $1',
      [clientId],
    );
    const step = { clientId, caseId: row?.caseId ?? '' };
    await treatment.tell('clients', caseFacts.closeAsked.of(clientId, now, step));
    expect(await approvalsOf(boss)).toMatchObject([{ kind: 'CASE_CLOSE', client: { id: clientId } }]);
    expect((await approvalsOf(boss))?.[0]?.subject).toMatchObject({ __typename: 'CaseFile' });
    await treatment.tell('clients', caseFacts.closeRefused.of(clientId, now, step));
    expect(await approvalsOf(boss)).toEqual([]);
  });
});
