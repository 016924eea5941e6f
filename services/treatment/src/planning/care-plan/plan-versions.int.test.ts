import { riskTierChanged } from '@throughline/events';
import { eventually } from '@throughline/testing';
import { staff, testTreatment, type TestTreatment } from '../../treatment.harness.ts';

let treatment: TestTreatment;
const maria = staff('CASE_MANAGER');
const sam = staff('SUPERVISOR');
beforeAll(async () => {
  treatment = await testTreatment({ now: new Date('2036-03-03T12:00:00Z') });
});
beforeEach(() => {
  treatment.clock.now = new Date('2036-03-03T12:00:00Z');
});
afterAll(() => treatment.close());

interface Answer extends Record<string, unknown> {
  __typename: string;
  id: string;
  version: number;
  contentHash: string;
  content: { hash: string };
}
const fieldsOf: Record<string, string> = {
  CarePlan: 'id version status content { hash hasUnagreedChanges } reviewOn reviewCause',
  Goal: 'id version lifecycle',
  Milestone: 'id version achievedOn',
  Intervention: 'id version status nextDueOn doneCount',
};

async function run(mutation: string, input: object): Promise<Answer> {
  const name = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}`;
  const type =
    Object.keys(fieldsOf).find((one) => name.includes(one)) ?? (name.includes('Plan') ? 'CarePlan' : 'Goal');
  const query = `mutation ($input: ${name}Input!) { r: ${mutation}(input: $input) { __typename
    ... on ${type} { ${fieldsOf[type] ?? ''} } ... on Problem { message ... on CarePlanChanged { contentHash }
    ... on CarePlanNotReady { reason } ... on InvalidInput { issues { path code } } ... on InvalidTransition { from } } } }`;
  const { data, errors } = await treatment.ask<{ r: Answer }>(maria, query, { input });
  expect(errors).toEqual([]);
  return data.r;
}
async function read(id: string) {
  const query = `query ($id: ID!) { carePlan(id: $id) { id version status content { hash hasUnagreedChanges } reviewOn reviewCause
    versions { number effectiveFrom effectiveTo clientAgreed declineReason contentHash }
    difference(from: 1) { kind what field before after } reviews { cause dueOn summary } } }`;
  const { data, errors } = await treatment.ask<{ carePlan: Answer }>(maria, query, { id });
  expect(errors).toEqual([]);
  return data.carePlan;
}
async function gaps(clientId: string) {
  const query = `query ($c: ID!) { _entities(representations: [{ __typename: "Client", id: $c }]) { ... on Client {
    gaps { kind needCategory need { id } goal { id } screening { id } } } } }`;
  const { data, errors } = await treatment.ask<{ _entities: [{ gaps: object[] }] }>(maria, query, {
    c: clientId,
  });
  expect(errors).toEqual([]);
  return data._entities[0].gaps;
}

const goal = {
  ...{ domain: 'HOME', statementInClientWords: 'A door that I can lock', dueOn: '2036-06-01' },
  measure: { metric: 'nights in own bed', baseline: 0, target: 7, unit: 'nights a week' },
};

/** A plan in force with one active goal. */
async function inForce() {
  const clientId = await treatment.assign(maria.id, sam.id);
  const needId = await treatment.need(clientId);
  const plan = await run('openCarePlan', { clientId });
  const added = await run('addGoal', { carePlanId: plan.id, needId, ...goal });
  const early = { id: plan.id, expectedVersion: 1, contentHash: plan.content.hash, clientAgreed: true };
  expect(await run('activateCarePlan', early)).toMatchObject({ __typename: 'CarePlanChanged' });
  const now = { ...early, contentHash: (await read(plan.id)).content.hash };
  expect(await run('activateCarePlan', now)).toMatchObject({ reason: 'NO_ACTIVE_GOAL' });
  await run('activateGoal', { id: added.id, expectedVersion: 1 });
  const active = await run('activateCarePlan', now);
  expect(active).toMatchObject({
    status: 'ACTIVE',
    reviewOn: '2036-04-02',
    content: { hasUnagreedChanges: false },
  });
  return { clientId, needId, plan: active, goalId: added.id };
}

describe('a plan in force', () => {
  it('has versions that the client answered to, each with what it said', async () => {
    const { plan, goalId } = await inForce();
    const step = await run('addMilestone', { goalId, title: 'Waiting list', dueOn: '2036-04-01' });
    const work = { goalId, type: 'GUIDANCE', what: 'Fill in the form together', rhythm: 'WEEKLY' };
    expect(await run('addIntervention', work)).toMatchObject({ status: 'ACTIVE', nextDueOn: '2036-03-10' });
    const changed = await read(plan.id);
    expect(changed).toMatchObject({ content: { hasUnagreedChanges: true } });
    const answer = {
      id: plan.id,
      expectedVersion: 2,
      clientAgreed: false,
      declineReason: 'Too much at once',
    };
    const old = { ...answer, contentHash: plan.content.hash };
    expect(await run('recordPlanAgreement', old)).toMatchObject({ contentHash: changed.content.hash });
    const next = { ...answer, contentHash: changed.content.hash, effectiveFrom: '2036-03-10' };
    expect(await run('recordPlanAgreement', next)).toMatchObject({
      version: 3,
      content: { hasUnagreedChanges: false },
    });
    const achieved = { id: step.id, expectedVersion: 1, evidence: 'Letter of the housing office' };
    expect(await run('achieveMilestone', achieved)).toMatchObject({ achievedOn: '2036-03-03' });
    expect(await run('achieveMilestone', { ...achieved, expectedVersion: 2 })).toMatchObject({
      from: 'ACHIEVED',
    });
    expect(await read(plan.id)).toMatchObject({
      versions: [
        { number: 1, effectiveFrom: '2036-03-03', effectiveTo: '2036-03-10', clientAgreed: true },
        { number: 2, effectiveTo: null, declineReason: 'Too much at once' },
      ],
      difference: expect.arrayContaining([
        { kind: 'ADDED', what: 'MILESTONE', field: null, before: null, after: 'Waiting list' },
        { kind: 'ADDED', what: 'INTERVENTION', field: null, before: null, after: work.what },
      ]) as object,
      content: { hasUnagreedChanges: false },
    });
  });

  it('is reviewed when the tier changes, and is completed after its goals', async () => {
    const { clientId, plan, goalId } = await inForce();
    treatment.clock.now = new Date('2036-03-20T12:00:00Z');
    await treatment.tell(
      'treatment',
      riskTierChanged.of(clientId, treatment.clock.now, { clientId, tier: 'HIGH' }),
    );
    expect(await read(plan.id)).toMatchObject({ reviewOn: '2036-03-20', reviewCause: 'TIER', version: 3 });
    const review = { id: plan.id, expectedVersion: 3, summary: 'More contacts, the goal stays' };
    expect(await run('reviewCarePlan', review)).toMatchObject({ reviewOn: '2036-06-18' });
    expect(await read(plan.id)).toMatchObject({ reviews: [{ cause: 'TIER', dueOn: '2036-03-20' }] });

    const completing = { id: plan.id, expectedVersion: 4 };
    expect(await run('completeCarePlan', completing)).toMatchObject({ reason: 'GOALS_OPEN' });
    await run('closeGoal', { id: goalId, expectedVersion: 2, achievement: 'ACHIEVED' });
    expect(await run('completeCarePlan', completing)).toMatchObject({ status: 'COMPLETED', reviewOn: null });
  });

  it('is replaced by a draft that takes its open goals over', async () => {
    const { plan, goalId } = await inForce();
    const draft = await run('supersedeCarePlan', { id: plan.id, expectedVersion: 2, reason: 'Other goals' });
    expect(draft).toMatchObject({ status: 'DRAFT', version: 1 });
    expect(await read(plan.id)).toMatchObject({ status: 'SUPERSEDED' });
    // The client answers to what lay on the table when somebody superseded it.
    const late = {
      id: plan.id,
      contentHash: plan.content.hash,
      clientAgreed: true,
      effectiveFrom: '2036-03-10',
    };
    for (const expectedVersion of [2, 3])
      expect(await run('recordPlanAgreement', { ...late, expectedVersion })).toMatchObject(
        expectedVersion === 2 ? { __typename: 'StaleVersion' } : { from: 'SUPERSEDED' },
      );
    const query = 'query ($id: ID!) { goal(id: $id) { carePlan { id supersedes { id } } } }';
    const { data } = await treatment.ask(maria, query, { id: goalId });
    expect(data).toEqual({ goal: { carePlan: { id: draft.id, supersedes: { id: plan.id } } } });
    expect(await run('activateGoal', { id: goalId, expectedVersion: 2 })).toMatchObject({ from: 'ACTIVE' });
  });

  it('tells when its review and its goals are due', async () => {
    const { clientId } = await inForce();
    treatment.clock.now = new Date('2036-06-01T12:00:00Z');
    await treatment.db.query(
      `select graphile_worker.reschedule_jobs(array(select id from graphile_worker.jobs
         where key like 'treatment.%'), run_at => now() - interval '1 second')`,
    );
    await eventually(async () => {
      const rows = await treatment.db.query<{ type: string; left: number }[]>(
        `select type, (payload->>'daysLeft')::int as left from outbox where key = $1 and payload ? 'daysLeft' order by type, 2 desc`,
        [clientId],
      );
      expect(rows).toEqual([
        { type: 'CarePlanReviewDue', left: -14 },
        { type: 'GoalDue', left: 0 },
      ]);
    });
  });
});

describe('the golden thread', () => {
  it('shows what hangs loose, until it is tied', async () => {
    const { clientId, goalId } = await inForce();
    expect(await gaps(clientId)).toEqual([]);
    const answers = Array.from({ length: 9 }, (_, item) => ({ item: item + 1, value: item === 8 ? 0 : 2 }));
    const { data } = await treatment.ask<{ r: { id: string } }>(
      maria,
      `mutation ($i: RecordScreeningInput!) { r: recordScreening(input: $i) { ... on Screening { id } } }`,
      { i: { clientId, instrument: 'PHQ-9', answers } },
    );
    const loose = await treatment.need(clientId);
    treatment.clock.now = new Date(treatment.clock.now!.getTime() + 31 * 86_400_000);
    expect(await gaps(clientId)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          kind: 'SCREEN_WITHOUT_NEED',
          screening: data.r,
          needCategory: 'MENTAL_HEALTH_TREATMENT',
        }),
        expect.objectContaining({ kind: 'NEED_WITHOUT_GOAL', need: { id: loose } }),
        expect.objectContaining({ kind: 'GOAL_WITHOUT_WORK', goal: { id: goalId } }),
      ]),
    );
    const progress = { id: goalId, expectedVersion: 2, value: 3, achievement: 'NO_PROGRESS' };
    expect(await run('recordGoalProgress', progress)).toMatchObject({ __typename: 'Goal' });
    expect(await run('holdGoal', { id: goalId, expectedVersion: 3 })).toMatchObject({ lifecycle: 'ON_HOLD' });
    expect((await gaps(clientId)).map((gap) => (gap as { kind: string }).kind)).not.toContain(
      'GOAL_WITHOUT_WORK',
    );
  });
});
