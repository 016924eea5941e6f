import { careCopy, type Care } from '@throughline/care';
import { lockRow } from '@throughline/command';
import { carePlanReviewDue, goalDue, ownCause, type Fact } from '@throughline/events';
import { record, schedule, unschedule, type Job } from '@throughline/messaging';
import type { Moment } from '@throughline/privacy';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { CarePlanEntity } from '../care-plan/care-plan.entity.ts';
import type { CarePlan } from '../care-plan/care-plan.ts';
import { GoalEntity } from '../goal/goal.entity.ts';
import type { Goal } from '../goal/goal.ts';
import { nextDueStep } from './due-ladder.ts';

const reviewJob = 'treatment.plan-review';
const goalJob = 'treatment.goal-due';

/** The step that is due: the row, the day that it is about, and how many days before it. */
const payloadShape = z.object({ id: z.uuid(), dueOn: z.string(), daysLeft: z.int() });

/** Sets the timer of the next review, or takes it back for a plan that is not in force. */
export const awaitReview = (
  tx: EntityManager,
  { id, reviewOn }: Pick<CarePlan, 'id' | 'reviewOn'>,
  at: Moment,
) => awaitStep(tx, { job: reviewJob, id, dueOn: reviewOn, told: null }, at);

/** Sets the timer of a goal, or takes it back for a goal that nobody works on. */
export const awaitGoal = (tx: EntityManager, { id, dueOn, lifecycle }: Goal, at: Moment) =>
  awaitStep(tx, { job: goalJob, id, dueOn: lifecycle === 'ACTIVE' ? dueOn : null, told: null }, at);

interface Awaited {
  job: string;
  id: string;
  dueOn: string | null;
  told: number | null;
}

async function awaitStep(tx: EntityManager, { job, id, dueOn, told }: Awaited, at: Moment): Promise<void> {
  const jobKey = `${job}:${id}`;
  const next = dueOn && nextDueStep(dueOn, told, at);
  if (!next) return unschedule(tx, jobKey);
  await schedule(tx, job, { id, dueOn, daysLeft: next.daysLeft }, { runAt: next.at, jobKey });
}

interface Clock {
  now: () => Date;
  timeZone: string;
}

/** What is due and of whom; null when the row changed meanwhile and nothing is due. */
type Find = (tx: EntityManager, id: string) => Promise<{ dueOn: string | null; clientId: string } | null>;

const findReview: Find = async (tx, id) => {
  const plan = await lockRow(tx, CarePlanEntity, id);
  return plan?.status === 'ACTIVE' ? { dueOn: plan.reviewOn, clientId: plan.clientId } : null;
};

const findGoal: Find = async (tx, id) => {
  const goal = await lockRow(tx, GoalEntity, id);
  return goal?.lifecycle === 'ACTIVE' ? { dueOn: goal.dueOn, clientId: goal.clientId } : null;
};

interface Told {
  id: string;
  clientId: string;
  daysLeft: number;
  people: { caseManagerId: string | null; supervisorId: string | null };
}

/** Tells a step and sets the timer of the next one. Source: infra/reference/domain.md 4.6, 6.2. */
const tell =
  (job: string, find: Find, factOf: (told: Told, now: Date) => Fact) =>
  (clock: Clock): Job =>
  (payload, { dataSource }) =>
    dataSource.transaction(async (tx) => {
      const { id, dueOn, daysLeft } = payloadShape.parse(payload);
      const at = { now: clock.now(), timeZone: clock.timeZone };
      const found = await find(tx, id);
      if (found?.dueOn !== dueOn) return;
      const step = nextDueStep(dueOn, daysLeft + 1, at);
      // The clock of the database is ahead of ours. A job that fails is run again a little later.
      if (!step || step.at > at.now) throw new Error('The day of the step has not come yet');

      const people = await peopleOf(tx, found.clientId);
      const cause = ownCause('treatment', at.now);
      await record(
        tx,
        cause,
        factOf({ id, clientId: found.clientId, daysLeft: step.daysLeft, people }, at.now),
      );
      await awaitStep(tx, { job, id, dueOn, told: step.daysLeft }, at);
    });

async function peopleOf(tx: EntityManager, clientId: string): Promise<Told['people']> {
  const { select, clientId: column } = careCopy;
  const [care] = await tx.query<Care[]>(`${select} where ${column} = $1`, [clientId]);
  return { caseManagerId: care?.caseManagerId ?? null, supervisorId: care?.supervisorId ?? null };
}

const reviewFact = ({ id: carePlanId, clientId, daysLeft, people }: Told, now: Date) =>
  carePlanReviewDue.of(clientId, now, { carePlanId, clientId, daysLeft, ...people });
const goalFact = ({ id: goalId, clientId, daysLeft, people }: Told, now: Date) =>
  goalDue.of(clientId, now, { goalId, clientId, daysLeft, ...people });

/** Timers of plans and goals. */
export const planningJobs = (clock: Clock): Record<string, Job> => ({
  [reviewJob]: tell(reviewJob, findReview, reviewFact)(clock),
  [goalJob]: tell(goalJob, findGoal, goalFact)(clock),
});
