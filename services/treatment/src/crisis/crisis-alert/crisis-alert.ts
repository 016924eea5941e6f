import type { Care } from '@throughline/care';
import {
  crisisAcknowledged,
  crisisClientNotLocated,
  crisisOpened,
  crisisResolved,
  crisisResponseStarted,
  crisisReviewed,
  uuidV7,
  type Fact,
} from '@throughline/events';
import { forbidden, invalidTransition, type Problem } from '@throughline/graphql/problems';

/** 1 = imminent, 2 = urgent, 3 = watch. */
export type CrisisLevel = 1 | 2 | 3;
export const crisisCauses = [
  'SUICIDE_RISK',
  'OVERDOSE',
  'THREAT_TO_OTHERS',
  'WITHDRAWAL_RISK',
  'PSYCHOSIS',
  'OTHER',
] as const;
export type CrisisCause = (typeof crisisCauses)[number];
export type CrisisState =
  'OPEN' | 'ACKNOWLEDGED' | 'IN_RESPONSE' | 'STABILISED' | 'HANDED_OFF' | 'CLIENT_NOT_LOCATED' | 'REVIEWED';

/** A danger to a client or by a client, from its opening to the review of the response. */
export interface CrisisAlert {
  id: string;
  clientId: string;
  level: CrisisLevel;
  cause: CrisisCause;
  state: CrisisState;
  /** The screening that opened it. */
  screeningId: string | null;
  openedAt: Date;
  openedBy: string | null;
  /** Until then a person should have acknowledged it; null for level 3. */
  acknowledgeBy: Date | null;
  acknowledgedAt: Date | null;
  acknowledgedBy: string | null;
  /** Who responded last. */
  respondedBy: string | null;
  resolvedAt: Date | null;
  /** Who has the client now, after a hand-off. */
  handedOffTo: string | null;
  reviewedAt: Date | null;
  reviewedBy: string | null;
  version: number;
}

/** A step of a crisis; written once. */
export interface CrisisStep {
  id: string;
  alertId: string;
  from: CrisisState | null;
  to: CrisisState;
  /** Null: the system, because of a result or a fact. */
  by: string | null;
  at: Date;
  note: string | null;
}

type Role = 'CASE_MANAGER' | 'SUPERVISOR' | 'CLINICIAN';
const team: readonly Role[] = ['CASE_MANAGER', 'SUPERVISOR', 'CLINICIAN'];

interface Transition {
  from: readonly CrisisState[];
  to: CrisisState;
  roles: readonly Role[];
}

/** Which command leads from where to where, and who may do it. Source: infra/reference/domain.md 4.4. */
export const transitions = {
  acknowledge: { from: ['OPEN'], to: 'ACKNOWLEDGED', roles: team },
  startResponse: { from: ['ACKNOWLEDGED', 'CLIENT_NOT_LOCATED'], to: 'IN_RESPONSE', roles: team },
  stabilise: { from: ['IN_RESPONSE'], to: 'STABILISED', roles: team },
  handOff: { from: ['IN_RESPONSE'], to: 'HANDED_OFF', roles: team },
  reportNotLocated: { from: ['IN_RESPONSE'], to: 'CLIENT_NOT_LOCATED', roles: team },
  review: { from: ['STABILISED', 'HANDED_OFF', 'CLIENT_NOT_LOCATED'], to: 'REVIEWED', roles: ['SUPERVISOR'] },
} as const satisfies Record<string, Transition>;
export type CrisisCommand = keyof typeof transitions;
const commands = Object.keys(transitions) as CrisisCommand[];

/** States in which the danger is not over. */
export const openStates: readonly CrisisState[] = [
  'OPEN',
  'ACKNOWLEDGED',
  'IN_RESPONSE',
  'CLIENT_NOT_LOCATED',
];

/** Minutes within which a person acknowledges it. Source: infra/reference/domain.md 4.4, 6.2. */
const acknowledgeMinutes: Record<CrisisLevel, number | null> = { 1: 5, 2: 30, 3: null };

/** Danger to life is level 1, whatever the caller says. */
const imminent: readonly CrisisCause[] = ['OVERDOSE', 'THREAT_TO_OTHERS'];

export interface CrisisOpening {
  clientId: string;
  level: CrisisLevel;
  cause: CrisisCause;
  screeningId: string | null;
  openedBy: string | null;
  note: string | null;
}

/** A new alert with its first step. Source: infra/reference/domain.md 4.4. */
export function newCrisis(opening: CrisisOpening, now: Date): { alert: CrisisAlert; step: CrisisStep } {
  const { clientId, cause, screeningId, openedBy, note } = opening;
  const level = imminent.includes(cause) ? 1 : opening.level;
  const minutes = acknowledgeMinutes[level];
  const alert: CrisisAlert = {
    ...{ id: uuidV7(now), clientId, level, cause, state: 'OPEN', screeningId, openedAt: now, openedBy },
    acknowledgeBy: minutes === null ? null : new Date(now.getTime() + minutes * 60_000),
    ...{ acknowledgedAt: null, acknowledgedBy: null, respondedBy: null, resolvedAt: null },
    ...{ handedOffTo: null, reviewedAt: null, reviewedBy: null, version: 1 },
  };
  return { alert, step: stepOf(alert, null, { by: openedBy, note, now }) };
}

/** The fact of a new alert; it names the people at the beginning of the chain, so that nobody waits for a copy. */
export function openedFact(
  { id: alertId, clientId, level, openedAt }: CrisisAlert,
  care: Pick<Care, 'caseManagerId' | 'supervisorId'> | null,
): Fact {
  const { caseManagerId = null, supervisorId = null } = care ?? {};
  return crisisOpened.of(clientId, openedAt, { alertId, clientId, level, caseManagerId, supervisorId });
}

/** What a command brings with it. */
export interface Doing {
  by: string;
  now: Date;
  note?: string | null | undefined;
  handedOffTo?: string | null | undefined;
}

/** The commands that the state allows a viewer with these roles. */
export function allowedCommands(
  { state }: Pick<CrisisAlert, 'state'>,
  roles: readonly string[],
): CrisisCommand[] {
  return commands.filter((command) => {
    const { from, roles: may }: Transition = transitions[command];
    return from.includes(state) && may.some((role) => roles.includes(role));
  });
}

/**
 * Does a command: the alert afterwards, its step and its facts. An acknowledgement of an acknowledged alert changes
 * nothing: the first one counts. Nobody reviews their own response. Answers InvalidTransition or Forbidden.
 * Source: infra/reference/domain.md 4.4.
 */
export function change(
  alert: CrisisAlert,
  command: CrisisCommand,
  doing: Doing,
): { alert: CrisisAlert; step: CrisisStep; facts: Fact[] } | Problem {
  const { from, to }: Transition = transitions[command];
  if (!from.includes(alert.state))
    return invalidTransition(alert.state, command, allowedCommands(alert, team));
  const own = [alert.respondedBy, alert.acknowledgedBy].includes(doing.by);
  if (command === 'review' && own)
    return forbidden('Nobody reviews their own response: ask another supervisor.');

  const next = { ...alert, state: to, ...fieldsOf(alert, command, doing) };
  return { alert: next, step: stepOf(next, alert.state, doing), facts: factsOf(alert, next, doing) };
}

function fieldsOf(
  { acknowledgedAt, resolvedAt }: CrisisAlert,
  command: CrisisCommand,
  { by, now, handedOffTo }: Doing,
): Partial<CrisisAlert> {
  const fields: Record<CrisisCommand, Partial<CrisisAlert>> = {
    acknowledge: { acknowledgedAt: acknowledgedAt ?? now, acknowledgedBy: by },
    startResponse: { respondedBy: by },
    stabilise: { respondedBy: by, resolvedAt: now },
    handOff: { respondedBy: by, resolvedAt: now, handedOffTo: handedOffTo ?? null },
    reportNotLocated: { respondedBy: by },
    review: { reviewedAt: now, reviewedBy: by, resolvedAt: resolvedAt ?? now },
  };
  return fields[command];
}

function factsOf(
  before: CrisisAlert,
  { id: alertId, clientId, state, resolvedAt }: CrisisAlert,
  doing: Doing,
): Fact[] {
  const { by, now } = doing;
  const names = { alertId, clientId };
  return [
    ...(state === 'ACKNOWLEDGED'
      ? [crisisAcknowledged.of(clientId, now, { ...names, acknowledgedBy: by })]
      : []),
    ...(state === 'IN_RESPONSE' ? [crisisResponseStarted.of(clientId, now, names)] : []),
    ...(state === 'CLIENT_NOT_LOCATED' ? [crisisClientNotLocated.of(clientId, now, names)] : []),
    ...(resolvedAt && !before.resolvedAt ? [crisisResolved.of(clientId, now, names)] : []),
    ...(state === 'REVIEWED' ? [crisisReviewed.of(clientId, now, names)] : []),
  ];
}

function stepOf(
  { id: alertId, state: to }: CrisisAlert,
  from: CrisisState | null,
  { by, now, note = null }: { by: string | null; now: Date; note?: string | null | undefined },
): CrisisStep {
  return { id: uuidV7(now), alertId, from, to, by, at: now, note };
}
