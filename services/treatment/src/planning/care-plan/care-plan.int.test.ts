import { randomUUID } from 'node:crypto';
import { uuidV7 } from '@throughline/events';
import { statementsOf } from '@throughline/testing';
import { staff, testTreatment, type TestTreatment } from '../../treatment.harness.ts';

let treatment: TestTreatment;
const maria = staff('CASE_MANAGER');
const sam = staff('SUPERVISOR');
const stranger = staff('CASE_MANAGER');

beforeAll(async () => {
  treatment = await testTreatment();
});
afterAll(() => treatment.close());

interface Result extends Record<string, unknown> {
  __typename: string;
  id: string;
  version: number;
}
/** Runs one mutation whose input type has its name. */
async function run(viewer: typeof maria, mutation: string, input: object, fields = ''): Promise<Result> {
  const type = mutation.charAt(0).toUpperCase() + mutation.slice(1);
  const query = `mutation ($input: ${type}Input!) { result: ${mutation}(input: $input) {
    __typename ${fields} ... on Problem { message
      ... on GoalIncomplete { missing } ... on InvalidInput { issues { path code } }
      ... on InvalidTransition { from allowed } ... on StaleVersion { currentVersion } } } }`;
  const { data, errors } = await treatment.ask<{ result: Result }>(viewer, query, { input });
  expect(errors).toEqual([]);
  return data.result;
}
const planFields = `... on CarePlan { id version status reviewOn reviewCause }`;
const goalFields = `... on Goal { id version lifecycle achievement lint { part } need { id }
  measure { target } }`;

async function aPlan(): Promise<{ clientId: string; carePlanId: string }> {
  const clientId = await treatment.assign(maria.id, sam.id);
  const plan = await run(maria, 'openCarePlan', { clientId }, planFields);
  return { clientId, carePlanId: plan.id };
}
/** What the client is shown. */
async function shown(carePlanId: string): Promise<{ contentHash: string }> {
  const query = 'query ($id: ID!) { carePlan(id: $id) { content { hash } } }';
  const { data } = await treatment.ask<{ carePlan: { content: { hash: string } } }>(maria, query, {
    id: carePlanId,
  });
  return { contentHash: data.carePlan.content.hash };
}
const aDraftGoal = (carePlanId: string) => ({ carePlanId, domain: 'HOME' });
const complete = {
  statementInClientWords: 'بيتي بيتي 🏡: I want a door that I can lock',
  measure: { metric: 'nights in own bed', baseline: 0, target: 7, unit: 'nights a week' },
  dueOn: '2199-01-01',
};
const factTypes = async (clientId: string) => {
  const rows = await treatment.service.dataSource.query<{ type: string }[]>(
    `select type from outbox where topic = 'treatment.v1' and key = $1 order by key_sequence`,
    [clientId],
  );
  return rows.map(({ type }) => type);
};

describe('a care plan with a goal', () => {
  it('goes its whole way', async () => {
    const { clientId, carePlanId } = await aPlan();
    const needId = await treatment.need(clientId);
    let goal = await run(maria, 'addGoal', { ...aDraftGoal(carePlanId), needId }, goalFields);
    expect(goal).toMatchObject({ lifecycle: 'PROPOSED', need: { id: needId } });

    const refused = await run(maria, 'activateGoal', { id: goal.id, expectedVersion: 1 }, goalFields);
    expect(refused).toMatchObject({
      __typename: 'GoalIncomplete',
      missing: ['CLIENT_WORDS', 'MEASURE', 'TARGET', 'DUE_DATE'],
    });
    goal = await run(maria, 'reviseGoal', { id: goal.id, expectedVersion: 1, ...complete }, goalFields);
    expect(goal).toMatchObject({ lint: [], measure: { target: 7 }, version: 2 });
    goal = await run(maria, 'activateGoal', { id: goal.id, expectedVersion: 2 }, goalFields);
    expect(goal).toMatchObject({ lifecycle: 'ACTIVE', version: 3 });
    const agreed = { id: carePlanId, expectedVersion: 1, clientAgreed: true, ...(await shown(carePlanId)) };
    expect(await run(maria, 'activateCarePlan', agreed, planFields)).toMatchObject({ status: 'ACTIVE' });
    const progress = { id: goal.id, expectedVersion: 3, value: 4, achievement: 'IMPROVING' };
    expect(await run(maria, 'recordGoalProgress', progress, goalFields)).toMatchObject({ version: 4 });
    const closing = { id: goal.id, expectedVersion: 4, achievement: 'ACHIEVED' };
    expect(await run(maria, 'closeGoal', closing, goalFields)).toMatchObject({ lifecycle: 'COMPLETED' });

    expect(await factTypes(clientId)).toEqual([
      'CarePlanOpened',
      'GoalProposed',
      'GoalRevised',
      'GoalActivated',
      'CarePlanActivated',
      'GoalObserved',
      'GoalClosed',
    ]);
    const query = `query ($n: ID!, $c: ID!) { _entities(representations: [{ __typename: "Need", id: $n },
      { __typename: "Client", id: $c }]) { ... on Need { goals { progress { value } } }
      ... on Client { carePlan { status goals { statementInClientWords } } } } }`;
    const { data } = await treatment.ask(sam, query, { n: needId, c: clientId });
    expect(data).toEqual({
      _entities: [
        { goals: [{ progress: [{ value: 4 }] }] },
        {
          carePlan: {
            status: 'ACTIVE',
            goals: [{ statementInClientWords: complete.statementInClientWords }],
          },
        },
      ],
    });
  });

  it('refuses a command on a version that somebody has changed', async () => {
    const { carePlanId } = await aPlan();
    const goal = await run(maria, 'addGoal', { ...aDraftGoal(carePlanId), ...complete }, goalFields);
    const activation = { id: goal.id, expectedVersion: 1 };
    const both = await Promise.all([maria, sam].map((by) => run(by, 'activateGoal', activation, goalFields)));
    expect(both.map(({ __typename }) => __typename).sort()).toEqual(['Goal', 'StaleVersion']);
    const again = await run(maria, 'activateGoal', { ...activation, expectedVersion: 2 }, goalFields);
    expect(again).toMatchObject({ __typename: 'InvalidTransition', from: 'ACTIVE' });
  });

  it('takes one of two changes of a goal by two people, and each of their new goals', async () => {
    const { clientId, carePlanId } = await aPlan();
    const goal = await run(maria, 'addGoal', aDraftGoal(carePlanId), goalFields);
    const revision = (dueOn: string) => ({ id: goal.id, expectedVersion: 1, ...complete, dueOn });
    const [one, other] = await Promise.all([
      run(maria, 'reviseGoal', revision('2199-01-01'), goalFields),
      run(sam, 'reviseGoal', revision('2199-02-02'), goalFields),
    ]);
    expect([one.__typename, other.__typename].sort()).toEqual(['Goal', 'StaleVersion']);
    expect([one, other].find(({ __typename }) => __typename === 'StaleVersion')).toMatchObject({
      currentVersion: 2,
    });
    const added = await Promise.all(
      [maria, sam].map((by) => run(by, 'addGoal', aDraftGoal(carePlanId), goalFields)),
    );
    expect(added.map(({ __typename }) => __typename)).toEqual(['Goal', 'Goal']);
    expect((await factTypes(clientId)).filter((type) => type === 'GoalProposed')).toHaveLength(3);
  });

  it('keeps an active goal complete', async () => {
    const { carePlanId } = await aPlan();
    const goal = await run(maria, 'addGoal', { ...aDraftGoal(carePlanId), ...complete }, goalFields);
    await run(maria, 'activateGoal', { id: goal.id, expectedVersion: 1 });
    const revision = { id: goal.id, expectedVersion: 2, statementInClientWords: ' ' };
    expect(await run(maria, 'reviseGoal', revision, goalFields)).toMatchObject({ missing: ['CLIENT_WORDS'] });
  });

  it('keeps its version when nothing changes', async () => {
    const { carePlanId } = await aPlan();
    const goal = await run(maria, 'addGoal', { ...aDraftGoal(carePlanId), ...complete }, goalFields);
    for (const nothing of [{}, complete]) {
      const revision = { id: goal.id, expectedVersion: 1, ...nothing };
      expect(await run(maria, 'reviseGoal', revision, goalFields)).toMatchObject({ version: 1 });
    }
  });

  it('carries out a repeated request once', async () => {
    const { clientId, carePlanId } = await aPlan();
    const input = { ...aDraftGoal(carePlanId), ...complete, idempotencyKey: randomUUID() };
    const first = await run(maria, 'addGoal', input, goalFields);
    expect(await run(maria, 'addGoal', input, goalFields)).toEqual(first);
    const activation = { id: first.id, expectedVersion: 1, idempotencyKey: randomUUID() };
    const active = await run(maria, 'activateGoal', activation, goalFields);
    expect(await run(maria, 'activateGoal', activation, goalFields)).toEqual(active);
    expect(await factTypes(clientId)).toEqual(['CarePlanOpened', 'GoalProposed', 'GoalActivated']);
  });

  it.each([
    ['a day that is over', { dueOn: '2020-01-01' }, { issues: [{ path: 'dueOn', code: 'IN_PAST' }] }],
    [
      'words without end',
      { statementInClientWords: 'x'.repeat(900_000) },
      { issues: [{ path: 'statementInClientWords', code: 'TOO_LONG' }] },
    ],
    [
      'what is not text',
      { measure: { metric: 'a\u0000b' } },
      { issues: [{ path: 'measure.metric', code: 'UNREADABLE' }] },
    ],
    ['an unknown plan', { carePlanId: randomUUID() }, { __typename: 'NotFound' }],
    [
      'a plan whose id is none',
      { carePlanId: 'nonsense' },
      { issues: [{ path: 'carePlanId', code: 'INVALID_ID' }] },
    ],
  ])('refuses a goal with %s', async (_case, changes, problem) => {
    const { carePlanId } = await aPlan();
    expect(await run(maria, 'addGoal', { ...aDraftGoal(carePlanId), ...changes }, goalFields)).toMatchObject(
      problem,
    );
  });

  it('serves only a need of its own client', async () => {
    const { carePlanId } = await aPlan();
    const needId = await treatment.need(await treatment.assign(maria.id, sam.id));
    const goal = await run(maria, 'addGoal', { ...aDraftGoal(carePlanId), needId });
    expect(goal.__typename).toBe('NotFound');
  });

  it('waits for a need that is still on its way, and for no other', async () => {
    const { clientId, carePlanId } = await aPlan();
    const young = uuidV7(new Date());
    const adding = run(maria, 'addGoal', { ...aDraftGoal(carePlanId), needId: young });
    await treatment.need(clientId, young);
    expect(await adding).toMatchObject({ __typename: 'Goal' });

    const foreign = await treatment.need(await treatment.assign(stranger.id, sam.id), uuidV7(new Date()));
    const answers: unknown[] = [];
    const statements = await statementsOf(treatment.service.dataSource, async () => {
      for (const needId of [foreign, randomUUID()])
        answers.push((await run(maria, 'addGoal', { ...aDraftGoal(carePlanId), needId })).__typename);
    });
    expect(answers).toEqual(['NotFound', 'NotFound']);
    // Who waits looks again and again.
    expect(statements.filter((sql) => sql.startsWith('SELECT "Need"."id"'))).toHaveLength(2);
  });

  it('is one at a time', async () => {
    const clientId = await treatment.assign(maria.id, sam.id);
    const both = await Promise.all([1, 2].map(() => run(maria, 'openCarePlan', { clientId })));
    expect(both.map(({ __typename }) => __typename).sort()).toEqual(['CarePlan', 'CarePlanStillOpen']);
  });

  it('asks why the client did not agree', async () => {
    const { carePlanId } = await aPlan();
    const goal = await run(maria, 'addGoal', { ...aDraftGoal(carePlanId), ...complete }, goalFields);
    await run(maria, 'activateGoal', { id: goal.id, expectedVersion: 1 });
    const plan = { id: carePlanId, expectedVersion: 1, ...(await shown(carePlanId)) };
    const activation = { ...plan, clientAgreed: false };
    expect((await run(maria, 'activateCarePlan', activation)).__typename).toBe('InvalidInput');
    const both = { ...activation, clientAgreed: true, declineReason: 'Too much at once' };
    expect((await run(maria, 'activateCarePlan', both)).__typename).toBe('InvalidInput');
    const withReason = { ...activation, declineReason: 'Too much at once' };
    expect(await run(maria, 'activateCarePlan', withReason)).toMatchObject({ __typename: 'CarePlan' });
  });

  it('of a stranger’s client looks like one that does not exist', async () => {
    const { carePlanId } = await aPlan();
    const goal = await run(maria, 'addGoal', aDraftGoal(carePlanId), goalFields);
    const query = `query ($p: ID!, $g: ID!) { carePlan(id: $p) { id } goal(id: $g) { id }
      _entities(representations: [{ __typename: "CarePlan", id: $p }, { __typename: "Goal", id: $g }]) {
        __typename } }`;
    const foreign = await treatment.ask(stranger, query, { p: carePlanId, g: goal.id });
    const unknown = await treatment.ask(stranger, query, { p: randomUUID(), g: 'nonsense' });
    expect(foreign).toEqual(unknown);
    for (const id of [goal.id, randomUUID()]) {
      const input = { id, expectedVersion: 1, achievement: 'ACHIEVED' };
      expect((await run(stranger, 'closeGoal', input)).__typename).toBe('NotFound');
    }
  });
});
