import type { Decision } from '@throughline/command/decision';
import {
  interventionChanged,
  interventionDone,
  interventionEnded,
  interventionStarted,
  uuidV7,
  type Fact,
} from '@throughline/events';
import { invalidInput, invalidTransition, type InputIssue } from '@throughline/graphql/problems';
import { addDays, today, type Moment } from '@throughline/privacy';
import { commandsFor, isLive, type Goal } from '../goal/goal.ts';

/** Source: infra/reference/domain.md 4.6. */
export type InterventionType =
  'REFERRAL' | 'ADVICE' | 'ADVOCACY' | 'GUIDANCE' | 'EDUCATION' | 'MOUD' | 'THERAPY' | 'PEER' | 'MONITORING';
export type InterventionStatus = 'ACTIVE' | 'COMPLETED' | 'STOPPED';
export type Rhythm = 'ONCE' | 'DAILY' | 'WEEKLY' | 'EVERY_TWO_WEEKS' | 'MONTHLY' | 'AS_NEEDED';

/** What somebody does for a goal, and how often. */
export interface Intervention {
  id: string;
  goalId: string;
  clientId: string;
  type: InterventionType;
  what: string;
  ownerId: string;
  rhythm: Rhythm;
  status: InterventionStatus;
  doneCount: number;
  lastDoneOn: string | null;
  addedAt: Date;
  closedAt: Date | null;
  version: number;
}

/** Days between two times; null where no rhythm says when the next one is. */
const daysOf = {
  ...{ ONCE: 0, DAILY: 1, WEEKLY: 7, EVERY_TWO_WEEKS: 14, MONTHLY: 30, AS_NEEDED: null },
} as const satisfies Record<Rhythm, number | null>;

/** The day on which it is to be done next; null when it is over, or only done as needed. Days are of the time zone of the program. */
export function nextDueOn(
  { status, rhythm, lastDoneOn, addedAt }: Intervention,
  timeZone: string,
): string | null {
  const days = daysOf[rhythm];
  if (status !== 'ACTIVE' || days === null) return null;
  return addDays(lastDoneOn ?? today({ now: addedAt, timeZone }), days);
}

export type InterventionDraft = Pick<Intervention, 'type' | 'what' | 'rhythm' | 'ownerId'>;

/** Adds an intervention to a goal that is not closed. */
export function addIntervention(
  goal: Goal,
  draft: InterventionDraft,
  now: Date,
): Decision<Intervention, never> {
  const { id: goalId, clientId, lifecycle } = goal;
  if (!isLive(goal)) return invalidTransition(lifecycle, 'addIntervention', commandsFor(lifecycle));
  const { type, what, rhythm, ownerId } = draft;
  const insert: Intervention = {
    ...{ id: uuidV7(now), goalId, clientId, type, what, rhythm, ownerId, status: 'ACTIVE' },
    ...{ doneCount: 0, lastDoneOn: null, addedAt: now, closedAt: null, version: 1 },
  };
  return { insert, facts: [interventionStarted.of(clientId, now, { goalId, clientId })] };
}

/** It was done on a day, today or before. What is to be done once is completed by that. Answers InvalidTransition or InvalidInput. */
export function doIntervention(
  intervention: Intervention,
  doneOn: string | null,
  at: Moment,
): Decision<never, Intervention> {
  const { status, rhythm, goalId, clientId, doneCount, lastDoneOn } = intervention;
  if (status !== 'ACTIVE') return invalidTransition(status, 'recordInterventionDone', []);
  const on = doneOn ?? today(at);
  if (on > today(at)) return invalidInput([notYet]);
  const isOver = rhythm === 'ONCE';
  return {
    update: {
      ...intervention,
      ...{ doneCount: doneCount + 1, lastDoneOn: lastDoneOn && lastDoneOn > on ? lastDoneOn : on },
      ...(isOver && { status: 'COMPLETED', closedAt: at.now }),
    },
    facts: [
      interventionDone.of(clientId, at.now, { goalId, clientId }),
      ...(isOver ? [interventionEnded.of(clientId, at.now, { goalId, clientId })] : []),
    ],
  };
}

const notYet: InputIssue = { path: 'doneOn', code: 'IN_FUTURE', message: 'This day has not come yet.' };

export interface InterventionChange {
  ownerId?: string | null | undefined;
  rhythm?: Rhythm | null | undefined;
  end?: 'COMPLETED' | 'STOPPED' | null | undefined;
}

/** Another owner, another rhythm, or its end. An intervention that is over does not change. */
export function changeIntervention(
  intervention: Intervention,
  { ownerId, rhythm, end }: InterventionChange,
  now: Date,
): Decision<never, Intervention> {
  const { status } = intervention;
  if (status !== 'ACTIVE') return invalidTransition(status, 'changeIntervention', []);
  const update: Intervention = {
    ...intervention,
    ...{ ownerId: ownerId ?? intervention.ownerId, rhythm: rhythm ?? intervention.rhythm },
    ...(end && { status: end, closedAt: now }),
  };
  return { update, facts: changeFacts(intervention, update, now) };
}

/** One entry for one change: the end of an intervention tells more than its last owner. */
function changeFacts(from: Intervention, to: Intervention, now: Date): Fact[] {
  const { goalId, clientId } = to;
  if (to.status !== from.status) return [interventionEnded.of(clientId, now, { goalId, clientId })];
  const isSame = from.ownerId === to.ownerId && from.rhythm === to.rhythm;
  return isSame ? [] : [interventionChanged.of(clientId, now, { goalId, clientId })];
}
