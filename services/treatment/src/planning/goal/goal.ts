import type { Decision } from '@throughline/command/decision';
import {
  goalActivated,
  goalClosed,
  goalHeld,
  goalObserved,
  goalProposed,
  goalResumed,
  goalRevised,
  uuidV7,
} from '@throughline/events';
import {
  invalidInput,
  invalidTransition,
  type InputIssue,
  type InvalidTransition,
  type Problem,
} from '@throughline/graphql/problems';
import { dayIsOver, type Moment } from '@throughline/privacy';
import { isOpen, type CarePlan } from '../care-plan/care-plan.ts';

/** Source: infra/reference/domain.md 4.6. */
export type GoalLifecycle = 'PROPOSED' | 'ACTIVE' | 'ON_HOLD' | 'COMPLETED' | 'CANCELLED' | 'REJECTED';
export type GoalAchievement =
  | 'IN_PROGRESS'
  | 'IMPROVING'
  | 'WORSENING'
  | 'NO_CHANGE'
  | 'NO_PROGRESS'
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
  /** When somebody last did something for the goal; null: never. */
  lastWorkedAt: Date | null;
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
  ACTIVE: ['reviseGoal', 'recordGoalProgress', 'holdGoal', 'closeGoal'],
  ON_HOLD: ['reviseGoal', 'resumeGoal', 'closeGoal'],
  COMPLETED: [],
  CANCELLED: [],
  REJECTED: [],
} as const satisfies Record<GoalLifecycle, readonly string[]>;
export type GoalCommand =
  'reviseGoal' | 'activateGoal' | 'recordGoalProgress' | 'holdGoal' | 'resumeGoal' | 'closeGoal';

/** Whether the goal is not closed. */
export function isLive({ closedAt }: Pick<Goal, 'closedAt'>): boolean {
  return closedAt === null;
}

/** Commands that the goal accepts now. */
export function commandsFor(lifecycle: GoalLifecycle): GoalCommand[] {
  return [...commands[lifecycle]];
}

/**
 * Missing parts that prevent activation, in a fixed order; empty when nothing is missing. Source:
 * infra/reference/domain.md 4.6 (lint).
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

/** The goal cannot be active: parts are missing. */
export interface GoalIncomplete extends Problem {
  kind: 'GoalIncomplete';
  missing: GoalPart[];
}

type Measure = Pick<Goal, 'metric' | 'unit' | 'baseline' | 'target'>;

export interface GoalDraft {
  statementInClientWords?: string | null | undefined;
  measure?: { [Field in keyof Measure]?: Measure[Field] | undefined } | null | undefined;
  dueOn?: string | null | undefined;
}

/** A missing part is no fault yet. */
export function goalFaults({ dueOn }: GoalDraft, at: Moment): InputIssue[] {
  if (!dueOn || !dayIsOver(dueOn, at)) return [];
  return [{ path: 'dueOn', code: 'IN_PAST', message: 'This day is over; choose a later one.' }];
}

/** Adds a goal as a proposal to a plan that is open. The need, if any, is one of the client. */
export function addGoal(
  plan: CarePlan,
  draft: GoalDraft & Pick<Goal, 'domain' | 'needId'>,
  now: Date,
): Decision<Goal, never> {
  if (!isOpen(plan)) return invalidTransition(plan.status, 'addGoal', []);
  const { id: carePlanId, clientId } = plan;
  const { domain, needId } = draft;
  const goal: Goal = {
    ...{ id: uuidV7(now), carePlanId, clientId, needId, domain },
    ...partsOf(nothingYet, draft),
    ...{ lifecycle: 'PROPOSED', achievement: 'IN_PROGRESS' },
    ...{ addedAt: now, activatedAt: null, closedAt: null, lastWorkedAt: null, version: 1 },
  };
  return {
    insert: goal,
    facts: [goalProposed.of(clientId, now, { goalId: goal.id, clientId })],
  };
}

/** Changes the parts that are given; null removes a part. An active goal stays complete. */
export function reviseGoal(goal: Goal, draft: GoalDraft, now: Date): Decision<never, Goal> {
  const update = { ...goal, ...partsOf(goal, draft) };
  const missing = missingParts(update);
  if (goal.lifecycle !== 'PROPOSED' && missing.length > 0) return incomplete(missing);
  const { id: goalId, clientId } = goal;
  const facts = [goalRevised.of(clientId, now, { goalId, clientId })];
  return refusalOf(goal, 'reviseGoal') ?? { update, facts };
}

export function activateGoal(goal: Goal, now: Date): Decision<never, Goal> {
  const refused = refusalOf(goal, 'activateGoal');
  if (refused) return refused;
  const { id: goalId, clientId, dueOn } = goal;
  const missing = missingParts(goal);
  if (missing.length > 0 || dueOn === null) return incomplete(missing);
  return {
    update: { ...goal, lifecycle: 'ACTIVE', achievement: 'IN_PROGRESS', activatedAt: now },
    facts: [goalActivated.of(clientId, now, { goalId, clientId })],
  };
}

/** An active goal has the achievement of the latest observation. */
export function observeGoal(goal: Goal, achievement: GoalAchievement, now: Date): Decision<never, Goal> {
  const { id: goalId, clientId } = goal;
  return (
    refusalOf(goal, 'recordGoalProgress') ?? {
      update: { ...goal, achievement, lastWorkedAt: now },
      facts: [goalObserved.of(clientId, now, { goalId, clientId })],
    }
  );
}

/** Nobody works on the goal until it is resumed; its day stays. */
export function holdGoal(goal: Goal, now: Date): Decision<never, Goal> {
  const { id: goalId, clientId } = goal;
  return (
    refusalOf(goal, 'holdGoal') ?? {
      update: { ...goal, lifecycle: 'ON_HOLD' },
      facts: [goalHeld.of(clientId, now, { goalId, clientId })],
    }
  );
}

/** Work on the goal goes on. */
export function resumeGoal(goal: Goal, now: Date): Decision<never, Goal> {
  const { id: goalId, clientId } = goal;
  return (
    refusalOf(goal, 'resumeGoal') ?? {
      update: { ...goal, lifecycle: 'ACTIVE', lastWorkedAt: now },
      facts: [goalResumed.of(clientId, now, { goalId, clientId })],
    }
  );
}

export interface GoalEnd {
  achievement: GoalAchievement;
  /** Whether the client did not want the goal. */
  rejected?: boolean | null | undefined;
}

/** A goal that was worked on is completed; one that was only proposed is cancelled, or rejected when the client did not want it. */
export function closeGoal(
  goal: Goal,
  { achievement, rejected = false }: GoalEnd,
  now: Date,
): Decision<never, Goal> {
  const refused = refusalOf(goal, 'closeGoal');
  if (refused) return refused;
  if (!finalAchievements.includes(achievement)) return invalidInput([notFinal]);
  const { id: goalId, clientId } = goal;
  const wasWorkedOn = goal.lifecycle !== 'PROPOSED';
  if (rejected && wasWorkedOn) return invalidInput([notProposed]);
  const lifecycle = wasWorkedOn ? 'COMPLETED' : rejected ? 'REJECTED' : 'CANCELLED';
  return {
    update: { ...goal, lifecycle, achievement, closedAt: now },
    facts: [goalClosed.of(clientId, now, { goalId, clientId })],
  };
}

/** Possible achievements of a closed goal. Source: infra/reference/domain.md 4.6. */
export const finalAchievements: readonly GoalAchievement[] = [
  'ACHIEVED',
  'SUSTAINING',
  'NOT_ACHIEVED',
  'NOT_ATTAINABLE',
];

const notFinal: InputIssue = {
  path: 'achievement',
  code: 'NOT_FINAL',
  message: `A closed goal is ${finalAchievements.join(', ')}.`,
};

const notProposed: InputIssue = {
  path: 'rejected',
  code: 'CONTRADICTION',
  message: 'The client worked on this goal: say how far it was reached.',
};

type Parts = Measure & Pick<Goal, 'statementInClientWords' | 'dueOn'>;

const nothingYet: Parts = {
  ...{ statementInClientWords: null, dueOn: null },
  ...{ metric: null, unit: null, baseline: null, target: null },
};

function partsOf(before: Parts, { statementInClientWords, dueOn, measure }: GoalDraft): Parts {
  const { metric = before.metric, unit = before.unit } = measure ?? {};
  const { baseline = before.baseline, target = before.target } = measure ?? {};
  return {
    statementInClientWords:
      statementInClientWords === undefined ? before.statementInClientWords : statementInClientWords,
    dueOn: dueOn === undefined ? before.dueOn : dueOn,
    ...{ metric, unit, baseline, target },
  };
}

function refusalOf({ lifecycle }: Goal, command: GoalCommand): InvalidTransition | null {
  const allowed = commandsFor(lifecycle);
  return allowed.includes(command) ? null : invalidTransition(lifecycle, command, allowed);
}

function incomplete(missing: GoalPart[]): GoalIncomplete {
  const message = `The goal cannot be active: ${missing.join(', ')} missing. Add it with reviseGoal, then repeat.`;
  return { kind: 'GoalIncomplete', message, missing };
}

function isSaid(text: string | null): boolean {
  return text !== null && text.trim() !== '';
}
