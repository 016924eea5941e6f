export type GoalLifecycle = 'PROPOSED' | 'ACTIVE' | 'COMPLETED' | 'CANCELLED';
export type GoalAchievement =
  | 'IN_PROGRESS'
  | 'IMPROVING'
  | 'WORSENING'
  | 'NO_CHANGE'
  | 'ACHIEVED'
  | 'SUSTAINING'
  | 'NOT_ACHIEVED'
  | 'NOT_ATTAINABLE';
export type RecoveryDomain = 'HEALTH' | 'HOME' | 'PURPOSE' | 'COMMUNITY';
export type GoalPart = 'CLIENT_WORDS' | 'MEASURE' | 'TARGET' | 'DUE_DATE';

/** Something the client wants to reach, in the client's own words and measurable. */
export interface Goal {
  id: string;
  carePlanId: string;
  clientId: string;
  needId: string | null;
  domain: RecoveryDomain;
  statementInClientWords: string | null;
  metric: string | null;
  baseline: number | null;
  target: number | null;
  unit: string | null;
  dueOn: string | null;
  lifecycle: GoalLifecycle;
  achievement: GoalAchievement;
  addedAt: Date;
  activatedAt: Date | null;
  closedAt: Date | null;
  version: number;
}

/** One observation of the measure. Never changed. */
export interface GoalProgress {
  id: string;
  goalId: string;
  value: number;
  achievement: GoalAchievement;
  observedOn: string;
  recordedAt: Date;
  recordedBy: string;
}

const commands = {
  PROPOSED: ['reviseGoal', 'activateGoal', 'closeGoal'],
  ACTIVE: ['reviseGoal', 'recordGoalProgress', 'closeGoal'],
  COMPLETED: [],
  CANCELLED: [],
} as const satisfies Record<GoalLifecycle, readonly string[]>;
export type GoalCommand = 'reviseGoal' | 'activateGoal' | 'recordGoalProgress' | 'closeGoal';

/** Commands that the goal accepts now. */
export function commandsFor(lifecycle: GoalLifecycle): GoalCommand[] {
  return [...commands[lifecycle]];
}

export function accepts({ lifecycle }: Goal, command: GoalCommand): boolean {
  return commandsFor(lifecycle).includes(command);
}

/**
 * What keeps a goal from being active, in a fixed order; empty when nothing does.
 * Source: infra/reference/domain.md 4.6 (lint).
 */
export function missingParts(goal: Goal): GoalPart[] {
  const present: Record<GoalPart, boolean> = {
    CLIENT_WORDS: isSaid(goal.statementInClientWords),
    MEASURE: isSaid(goal.metric),
    TARGET: goal.target !== null,
    DUE_DATE: goal.dueOn !== null,
  };
  return (Object.keys(present) as GoalPart[]).filter((part) => !present[part]);
}

/** Each missing part as advice. */
export const adviceFor: Record<GoalPart, string> = {
  CLIENT_WORDS: 'Write down what the client wants, in their own words.',
  MEASURE: 'Say what will be measured.',
  TARGET: 'Say which value means that the goal is reached.',
  DUE_DATE: 'Agree on a day by which it should be reached.',
};

/** Call only with a goal that accepts it and misses no part. */
export function activate(goal: Goal, now: Date): Goal {
  return { ...goal, lifecycle: 'ACTIVE', achievement: 'IN_PROGRESS', activatedAt: now };
}

/** A goal that was worked on is completed, achieved or not; a goal that never began is cancelled. */
export function close(goal: Goal, achievement: GoalAchievement, now: Date): Goal {
  const lifecycle = goal.lifecycle === 'ACTIVE' ? 'COMPLETED' : 'CANCELLED';
  return { ...goal, lifecycle, achievement, closedAt: now };
}

function isSaid(text: string | null): boolean {
  return text !== null && text.trim() !== '';
}
