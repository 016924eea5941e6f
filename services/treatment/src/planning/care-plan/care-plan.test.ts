import { randomUUID } from 'node:crypto';
import { isProblem } from '@throughline/graphql/problems';
import fc from 'fast-check';
import { nextDueStep } from '../review/due-ladder.ts';
import { activateCarePlan, agreementFaults, recordAgreement } from './agreement.ts';
import {
  bringReviewForward,
  completeCarePlan,
  openCarePlan,
  reviewCarePlan,
  supersedeCarePlan,
  type CarePlan,
} from './care-plan.ts';
import { contentOf, differenceOf, hashOf, type GoalContent, type PlanContent } from './content.ts';
import type { PlanState } from './plan-version.ts';

const at = { now: new Date('2026-11-23T12:00:00Z'), timeZone: 'America/New_York' };
const by = { id: randomUUID(), at };
const draft = openCarePlan(randomUUID(), randomUUID(), at.now).insert!;
const active: CarePlan = { ...draft, status: 'ACTIVE', activatedAt: at.now, reviewOn: '2026-12-23' };
const goal: Omit<GoalContent, 'milestones' | 'interventions'> = {
  ...{ id: 'g1', domain: 'HOME', needId: null, statementInClientWords: 'A door that I can lock' },
  ...{ metric: 'nights', unit: 'nights a week', baseline: 0, target: 7, dueOn: '2027-02-01' },
};
const content: PlanContent = { goals: [{ ...goal, milestones: [], interventions: [] }] };
const state: PlanState = { content, hasActiveGoal: true, hasOpenGoal: true, latest: null };
const agreed = { contentHash: hashOf(content), clientAgreed: true };

describe('a care plan', () => {
  it('goes into force with the answer of the client to exactly what it says', () => {
    expect(activateCarePlan(draft, agreed, { state, by })).toMatchObject({
      plan: { status: 'ACTIVE', reviewOn: '2026-12-23', clientAgreed: true },
      planVersion: { number: 1, effectiveFrom: '2026-11-23', content },
    });
    const other = { ...agreed, contentHash: 'f'.repeat(64) };
    expect(activateCarePlan(draft, other, { state, by })).toMatchObject({
      ...{ kind: 'CarePlanChanged', contentHash: agreed.contentHash },
    });
  });

  it('needs a goal that holds', () => {
    const without = { ...state, hasActiveGoal: false };
    expect(activateCarePlan(draft, agreed, { state: without, by })).toMatchObject({
      reason: 'NO_ACTIVE_GOAL',
    });
    expect(recordAgreement(active, agreed, { state: without, by })).toMatchObject({
      reason: 'NO_ACTIVE_GOAL',
    });
    expect(completeCarePlan(active, null, { hasOpenGoal: true, at })).toMatchObject({ reason: 'GOALS_OPEN' });
  });

  it('gets a new version only when something is new, and none that begins before the one before', () => {
    const latest = {
      number: 1,
      contentHash: agreed.contentHash,
      clientAgreed: true,
      effectiveFrom: '2026-12-01',
    };
    const later = { ...state, latest };
    expect(recordAgreement(active, agreed, { state: later, by })).toMatchObject({ planVersion: null });
    const refusal = { ...agreed, clientAgreed: false, declineReason: 'Too much at once' };
    expect(recordAgreement(active, refusal, { state: later, by })).toMatchObject({
      plan: { status: 'ACTIVE', clientAgreed: false },
      planVersion: { number: 2, effectiveFrom: '2026-12-01', declineReason: 'Too much at once' },
    });
  });

  it.each([
    [{ clientAgreed: false }, ['declineReason MISSING']],
    [{ clientAgreed: true, declineReason: 'No' }, ['declineReason CONTRADICTION']],
    [{ clientAgreed: false, declineReason: 'No' }, []],
    [{ clientAgreed: true, effectiveFrom: '2026-11-22' }, ['effectiveFrom IN_PAST']],
    [{ clientAgreed: true, effectiveFrom: '2026-11-23' }, []],
  ])('answers %j with the faults %j', (answer, faults) => {
    expect(agreementFaults(answer, at).map(({ path, code }) => `${path} ${code}`)).toEqual(faults);
  });

  it('is reviewed after 90 days, and at once when the situation changes', () => {
    expect(reviewCarePlan(active, 'Goes well', by)).toMatchObject({
      plan: { reviewOn: '2027-02-21', reviewCause: 'SCHEDULED' },
      review: { dueOn: '2026-12-23', cause: 'SCHEDULED' },
    });
    const forward = bringReviewForward(active, 'CRISIS', at);
    expect(forward).toMatchObject({ reviewOn: '2026-11-23', reviewCause: 'CRISIS' });
    expect(bringReviewForward(forward, 'TIER', at)).toBe(forward);
    expect(bringReviewForward(draft, 'TIER', at)).toBe(draft);
  });

  it('accepts nothing once it is closed', () => {
    for (const status of ['COMPLETED', 'SUPERSEDED'] as const) {
      const closed = { ...active, status };
      const answers = [
        activateCarePlan(closed, agreed, { state, by }),
        recordAgreement(closed, agreed, { state, by }),
        reviewCarePlan(closed, 'x', by),
        completeCarePlan(closed, null, { hasOpenGoal: false, at }),
        supersedeCarePlan(closed, 'x', at.now),
      ];
      expect(answers.every(isProblem)).toBe(true);
    }
  });
});

describe('what a plan says', () => {
  const rowOf = (id: string, target: number) => ({
    ...{
      ...goal,
      id,
      target,
      carePlanId: 'p',
      clientId: 'c',
      lifecycle: 'ACTIVE',
      achievement: 'IN_PROGRESS',
    },
    ...{ addedAt: at.now, activatedAt: null, closedAt: null, lastWorkedAt: null, version: 1 },
  });
  const says = (goals: ReturnType<typeof rowOf>[]) =>
    contentOf({ goals: goals as never, milestones: [], interventions: [] });
  const someGoals = fc.uniqueArray(fc.record({ id: fc.uuid(), target: fc.integer({ min: 0, max: 3 }) }), {
    selector: ({ id }) => id,
    maxLength: 4,
  });

  it('has the same hash whatever the order, and the same hash only without a difference', () => {
    fc.assert(
      fc.property(someGoals, someGoals, (one, other) => {
        const [before, after] = [one, other].map((goals) =>
          says(goals.map((g) => rowOf(g.id, g.target))),
        ) as [PlanContent, PlanContent];
        const reversed = says(one.toReversed().map((g) => rowOf(g.id, g.target)));
        expect(hashOf(reversed)).toBe(hashOf(before));
        expect(hashOf(before) === hashOf(after)).toBe(differenceOf(before, after).length === 0);
      }),
    );
  });

  it('differs in what was added, removed and changed', () => {
    expect(differenceOf(says([rowOf('a', 1), rowOf('b', 1)]), says([rowOf('b', 2), rowOf('c', 1)]))).toEqual([
      {
        kind: 'REMOVED',
        what: 'GOAL',
        id: 'a',
        field: null,
        before: goal.statementInClientWords,
        after: null,
      },
      { kind: 'CHANGED', what: 'GOAL', id: 'b', field: 'target', before: '1', after: '2' },
      { kind: 'ADDED', what: 'GOAL', id: 'c', field: null, before: null, after: goal.statementInClientWords },
    ]);
  });
});

describe('the ladder of a day that is due', () => {
  it.each([
    ['a month before', '2026-12-23', null, 7],
    ['three days before', '2026-11-26', null, 0],
    ['on the day', '2026-11-23', null, 0],
    ['after the warning', '2026-11-26', 7, 0],
    ['after the day', '2026-11-23', 0, -14],
    ['after all', '2026-11-01', -14, undefined],
  ])('%s', (_when, dueOn, told, daysLeft) => {
    expect(nextDueStep(dueOn, told, at)?.daysLeft).toBe(daysLeft);
  });

  it('steps at the start of the day where the program is, also when the clocks change', () => {
    const before = { now: new Date('2026-10-01T12:00:00Z'), timeZone: 'America/New_York' };
    expect(nextDueStep('2026-11-08', null, before)?.at.toISOString()).toBe('2026-11-01T04:00:00.000Z');
    expect(nextDueStep('2026-11-08', 7, before)?.at.toISOString()).toBe('2026-11-08T05:00:00.000Z');
  });
});
