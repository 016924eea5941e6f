import { goalActivated, goalClosed, uuidV7 } from '@throughline/events';
import { invalidInput, invalidTransition, type Problem } from '@throughline/graphql';
import { dayIn, momentOf } from '@throughline/privacy';
import { changeOne, type Decision } from '../../change-one.ts';
import type { Context } from '../../context.ts';
import type {
  ActivateGoalInput,
  CloseGoalInput,
  RecordGoalProgressInput,
  ReviseGoalInput,
} from '../../generated/graphql.ts';
import { GoalEntity, GoalProgressEntity } from './goal.entity.ts';
import { issuesOf } from './goal.issues.ts';
import {
  accepts,
  activate,
  close,
  commandsFor,
  missingParts,
  type Goal,
  type GoalCommand,
  type GoalPart,
  type GoalProgress,
} from './goal.ts';

export interface GoalIncomplete extends Problem {
  kind: 'GoalIncomplete';
  missing: GoalPart[];
}

/** Only parts that are given change; an active goal must stay complete. */
export function reviseGoal(context: Context, input: ReviseGoalInput): Promise<Goal | Problem> {
  return changeGoal(context, 'reviseGoal', input, (goal) => {
    const issues = issuesOf(input, momentOf(context));
    if (issues.length > 0) return invalidInput(issues);

    const { statementInClientWords = goal.statementInClientWords, dueOn = goal.dueOn, measure } = input;
    const { metric = goal.metric, unit = goal.unit } = measure ?? {};
    const { baseline = goal.baseline, target = goal.target } = measure ?? {};
    const row = { ...goal, statementInClientWords, dueOn, metric, unit, baseline, target };
    return row.lifecycle === 'ACTIVE' && missingParts(row).length > 0
      ? incomplete(missingParts(row))
      : { row, facts: [] };
  });
}

export function activateGoal(context: Context, input: ActivateGoalInput): Promise<Goal | Problem> {
  return changeGoal(context, 'activateGoal', input, (goal) => {
    const missing = missingParts(goal);
    if (missing.length > 0 || goal.dueOn === null) return incomplete(missing);

    const at = context.now();
    const { id: goalId, carePlanId, clientId, dueOn } = goal;
    const fact = goalActivated.of(clientId, at, { goalId, carePlanId, clientId, dueOn });
    return { row: activate(goal, at), facts: [fact] };
  });
}

export function recordGoalProgress(
  context: Context,
  input: RecordGoalProgressInput,
): Promise<Goal | Problem> {
  return changeGoal(context, 'recordGoalProgress', input, (goal) => {
    const at = context.now();
    const day = dayIn(context.timeZone, at);
    const { value, achievement, observedOn = null } = input;
    if ((observedOn ?? '') > day)
      return invalidInput([{ path: 'observedOn', code: 'IN_FUTURE', message: 'This day has not come yet.' }]);

    const progress: GoalProgress = {
      id: uuidV7(at),
      goalId: goal.id,
      value,
      achievement,
      observedOn: observedOn ?? day,
      recordedAt: at,
      recordedBy: context.viewer.id,
    };
    const row = { ...goal, achievement };
    return { row, facts: [], also: (tx) => tx.insert(GoalProgressEntity, progress) };
  });
}

export function closeGoal(context: Context, input: CloseGoalInput): Promise<Goal | Problem> {
  return changeGoal(context, 'closeGoal', input, (goal) => {
    const at = context.now();
    const row = close(goal, input.achievement, at);
    const { id: goalId, carePlanId, clientId, achievement } = row;
    return { row, facts: [goalClosed.of(clientId, at, { goalId, carePlanId, clientId, achievement })] };
  });
}

function changeGoal(
  context: Context,
  command: GoalCommand,
  input: { id: string; expectedVersion: number; idempotencyKey?: string | null | undefined },
  decide: (goal: Goal) => Decision<Goal> | Problem,
): Promise<Goal | Problem> {
  return changeOne(context, { entity: GoalEntity, what: 'Goal', command, input }, (goal) =>
    accepts(goal, command)
      ? decide(goal)
      : invalidTransition(goal.lifecycle, command, commandsFor(goal.lifecycle)),
  );
}

function incomplete(missing: GoalPart[]): GoalIncomplete {
  const message = `The goal cannot be active: ${missing.join(', ')} missing. Add it with reviseGoal, then repeat.`;
  return { kind: 'GoalIncomplete', message, missing };
}
