import { command, type Tools } from '@throughline/command';
import { uuidV7 } from '@throughline/events';
import { invalidInput, isProblem, notFound, wrongForm, type Problem } from '@throughline/graphql/problems';
import { dayIn } from '@throughline/privacy';
import type { Context } from '../../context.ts';
import type {
  ActivateGoalInput,
  AddGoalInput,
  CloseGoalInput,
  HoldGoalInput,
  RecordGoalProgressInput,
  ResumeGoalInput,
  ReviseGoalInput,
} from '../../generated/graphql.ts';
import { CarePlanEntity } from '../care-plan/care-plan.entity.ts';
import { NeedEntity, needArrives } from '../need/need.entity.ts';
import { awaitGoal } from '../review/review-timer.ts';
import { GoalEntity, GoalProgressEntity } from './goal.entity.ts';
import * as goals from './goal.ts';
import type { Goal } from './goal.ts';

const part = 'CLINICAL';

/** Locks the plan, so that it cannot be closed at the same moment. */
export async function addGoal(context: Context, input: AddGoalInput): Promise<Goal | Problem> {
  if (input.needId && !wrongForm(context)) await needArrives(context, input.needId);
  return command(
    context,
    {
      ...{ name: 'addGoal', input, lock: [CarePlanEntity, input.carePlanId], creates: GoalEntity, part },
      check: (now) => goals.goalFaults(input, { now, timeZone: context.timeZone }),
    },
    async (plan, { tx, now }) => {
      const needId = input.needId ?? null;
      const isOwn = !needId || (await tx.existsBy(NeedEntity, { id: needId, clientId: plan.clientId }));
      return isOwn ? goals.addGoal(plan, { ...input, needId }, now) : notFound('Need');
    },
  );
}

export const reviseGoal = (context: Context, input: ReviseGoalInput) =>
  command(
    context,
    {
      ...{ name: 'reviseGoal', input, lock: [GoalEntity, input.id], part },
      check: (now) => goals.goalFaults(input, { now, timeZone: context.timeZone }),
    },
    (goal, tools) => withTimer(context, tools, goals.reviseGoal(goal, input, tools.now)),
  );

const step =
  (name: string, decide: (goal: Goal, now: Date) => ReturnType<typeof goals.activateGoal>) =>
  (context: Context, input: ActivateGoalInput | HoldGoalInput | ResumeGoalInput) =>
    command(context, { name, input, lock: [GoalEntity, input.id], part }, (goal, tools) =>
      withTimer(context, tools, decide(goal, tools.now)),
    );

export const activateGoal = step('activateGoal', goals.activateGoal);
export const holdGoal = step('holdGoal', goals.holdGoal);
export const resumeGoal = step('resumeGoal', goals.resumeGoal);

/** The timer of the day of the goal follows each change. */
function withTimer(
  { timeZone }: Context,
  { tx, now }: Tools,
  decision: ReturnType<typeof goals.reviseGoal>,
): ReturnType<typeof goals.reviseGoal> {
  if (isProblem(decision)) return decision;
  const { update } = decision;
  return update ? { ...decision, also: () => awaitGoal(tx, update, { now, timeZone }) } : decision;
}

export const recordGoalProgress = (context: Context, input: RecordGoalProgressInput) =>
  command(
    context,
    { name: 'recordGoalProgress', input, lock: [GoalEntity, input.id], part },
    (goal, { tx, now, viewer }) => {
      const today = dayIn(context.timeZone, now);
      const { value, achievement, observedOn } = input;
      if (observedOn && observedOn > today) return invalidInput([notYet]);
      const observed = goals.observeGoal(goal, achievement, now);
      if (isProblem(observed)) return observed;
      const progress = {
        ...{ id: uuidV7(now), goalId: goal.id, value, achievement, observedOn: observedOn ?? today },
        ...{ recordedAt: now, recordedBy: viewer.id },
      };
      return { ...observed, also: () => tx.insert(GoalProgressEntity, progress) };
    },
  );

const notYet = { path: 'observedOn', code: 'IN_FUTURE', message: 'This day has not come yet.' };

export const closeGoal = (context: Context, input: CloseGoalInput) =>
  command(context, { name: 'closeGoal', input, lock: [GoalEntity, input.id], part }, (goal, tools) =>
    withTimer(context, tools, goals.closeGoal(goal, input, tools.now)),
  );
