import type { Decision } from '@throughline/command/decision';
import { milestoneAchieved, milestoneAdded, uuidV7 } from '@throughline/events';
import { invalidInput, invalidTransition, type InputIssue } from '@throughline/graphql/problems';
import { dayIsOver, today, type Moment } from '@throughline/privacy';
import { commandsFor, isLive, type Goal } from '../goal/goal.ts';

/** A step on the way to a goal. Source: infra/reference/domain.md 4.6. */
export interface Milestone {
  id: string;
  goalId: string;
  clientId: string;
  title: string;
  dueOn: string | null;
  achievedOn: string | null;
  /** What shows that it was reached. */
  evidence: string | null;
  addedAt: Date;
  version: number;
}

export function milestoneFaults({ dueOn }: { dueOn?: string | null | undefined }, at: Moment): InputIssue[] {
  if (!dueOn || !dayIsOver(dueOn, at)) return [];
  return [{ path: 'dueOn', code: 'IN_PAST', message: 'This day is over; choose a later one.' }];
}

/** Adds a milestone to a goal that is not closed. */
export function addMilestone(
  goal: Goal,
  { title, dueOn = null }: { title: string; dueOn?: string | null | undefined },
  now: Date,
): Decision<Milestone, never> {
  const { id: goalId, clientId, lifecycle } = goal;
  if (!isLive(goal)) return invalidTransition(lifecycle, 'addMilestone', commandsFor(lifecycle));
  const insert: Milestone = {
    ...{ id: uuidV7(now), goalId, clientId, title, dueOn, achievedOn: null, evidence: null },
    ...{ addedAt: now, version: 1 },
  };
  return { insert, facts: [milestoneAdded.of(clientId, now, { goalId, clientId })] };
}

export interface Achieved {
  evidence: string;
  achievedOn?: string | null | undefined;
}

/** A milestone is reached once, today or on an earlier day. Answers InvalidTransition or InvalidInput. */
export function achieveMilestone(
  milestone: Milestone,
  { evidence, achievedOn }: Achieved,
  at: Moment,
): Decision<never, Milestone> {
  const { goalId, clientId } = milestone;
  if (milestone.achievedOn) return invalidTransition('ACHIEVED', 'achieveMilestone', []);
  if (achievedOn && achievedOn > today(at)) return invalidInput([notYet]);
  return {
    update: { ...milestone, achievedOn: achievedOn ?? today(at), evidence },
    facts: [milestoneAchieved.of(clientId, at.now, { goalId, clientId })],
  };
}

const notYet: InputIssue = {
  ...{ path: 'achievedOn', code: 'IN_FUTURE', message: 'This day has not come yet.' },
};
