import { issueAt, type InputIssue } from '@throughline/graphql/problems';
import { dayIn, dayIsOver, type Moment } from '@throughline/privacy';
import type {
  AskingSide,
  AttestedSource,
  CancelReason,
  ClosingSide,
  DeclineReason,
  HoldReason,
  NoShowFollowUp,
  OutcomeCode,
  UnresolvedReason,
} from './reasons.ts';
import { systemReasons } from './reasons.ts';
import type { Outcome, Referral } from './referral-record.ts';
import type { Needed, ReferralCommand, Transition } from './transitions.ts';

/**
 * Details that a command may have; the table says what it requires. Times are UTC, days are days of the agency.
 */
export interface Details {
  question?: string | null | undefined;
  note?: string | null | undefined;
  declineReason?: DeclineReason | null | undefined;
  cancelReason?: CancelReason | null | undefined;
  holdReason?: HoldReason | null | undefined;
  outcomeCode?: OutcomeCode | null | undefined;
  unresolvedReason?: UnresolvedReason | null | undefined;
  closedBySide?: ClosingSide | null | undefined;
  noShowFollowUp?: NoShowFollowUp | null | undefined;
  askedBy?: AskingSide | null | undefined;
  attestedSource?: AttestedSource | null | undefined;
  startsAt?: Date | null | undefined;
  firstServiceAt?: Date | null | undefined;
  reviewOn?: string | null | undefined;
  expectedOn?: string | null | undefined;
  waitlistPosition?: number | null | undefined;
  servicesProvided?: readonly string[] | null | undefined;
  enrollmentStatus?: string | null | undefined;
  /** Set by commands of the system: they may use reasons that people may not. */
  bySystem?: boolean;
}
export type Timed = Details & Moment;

const day = 24 * 60 * 60 * 1000;
const longest = 4_000;
/** How far ahead an appointment or a review may lie. */
const farthestDays = 731;

/** Every fault of the details, so that the caller can correct all of them together. Source: infra/reference/domain.md 2.8, 2.9. */
export function faultsOf(
  row: Transition,
  referral: Referral,
  details: Timed & { attested: boolean },
): InputIssue[] {
  return [
    ...(row.needs ?? []).flatMap((needed) => missing(needed, referral, details)),
    ...textFaults(details),
    ...timeFaults(row, referral, details),
    ...(details.attested && !details.attestedSource
      ? [issueAt('attestedSource', 'REQUIRED', 'Say from whom you know it: CLIENT_REPORT or PARTNER_PHONE.')]
      : []),
  ];
}

function missing(needed: Needed, referral: Referral, details: Timed): InputIssue[] {
  if (needed === 'place in line') {
    const given = (details.expectedOn ?? details.waitlistPosition ?? null) !== null;
    return given ? [] : [issueAt('expectedOn', 'REQUIRED', 'Give the expected day or the position in line.')];
  }
  if (needed === 'firstServiceAt' && referral.firstServiceAt) return [];
  if (needed === 'outcomeCode' && referral.status === 'CLOSED_UNRESOLVED' && details.unresolvedReason)
    return [];
  const value = details[needed];
  const empty = value === null || value === undefined || (typeof value === 'string' && value.trim() === '');
  return empty ? [issueAt(needed, 'REQUIRED', `${needed} is needed for this.`)] : [];
}

function textFaults(details: Timed): InputIssue[] {
  const reasons = ['declineReason', 'cancelReason', 'holdReason', 'outcomeCode', 'unresolvedReason'] as const;
  const unexplained = reasons.filter((name) => details[name] === 'OTHER' && !details.note?.trim());
  const reserved = reasons.filter((name) => !details.bySystem && systemReasons.has(details[name] ?? ''));
  const texts = ['note', 'question', 'enrollmentStatus'] as const;
  const long = texts.filter((name) => (details[name] ?? '').length > longest);
  const notText = texts.filter((name) => details[name]?.includes('\0'));
  return [
    ...unexplained.map(() => issueAt('note', 'REQUIRED', 'OTHER needs a text that says what it was.')),
    ...reserved.map((name) => issueAt(name, 'RESERVED', 'Only the system gives this reason.')),
    ...notText.map((name) => issueAt(name, 'NOT_TEXT', 'It contains characters that are not text.')),
    ...long.map((name) => issueAt(name, 'TOO_LONG', `At most ${String(longest)} characters.`)),
  ];
}

function timeFaults({ command }: Transition, referral: Referral, details: Timed): InputIssue[] {
  const { startsAt, firstServiceAt, now, waitlistPosition } = details;
  const latest = new Date(now.getTime() + farthestDays * day);
  const found: InputIssue[] = [];
  if (startsAt && startsAt <= now)
    found.push(issueAt('startsAt', 'IN_PAST', 'The appointment must lie in the future.'));
  if (startsAt && startsAt > latest)
    found.push(issueAt('startsAt', 'TOO_FAR', 'The appointment must lie within the next two years.'));
  if (firstServiceAt && firstServiceAt > now)
    found.push(
      issueAt('firstServiceAt', 'IN_FUTURE', 'A service that has begun cannot begin in the future.'),
    );
  if (firstServiceAt && dayIn(details.timeZone, firstServiceAt) < dayIn(details.timeZone, referral.createdAt))
    found.push(
      issueAt(
        'firstServiceAt',
        'BEFORE_REFERRAL',
        'The service cannot begin before the day of the referral.',
      ),
    );
  for (const name of ['reviewOn', 'expectedOn'] as const) {
    const value = details[name];
    if (value && dayIsOver(value, details)) found.push(issueAt(name, 'IN_PAST', 'This day is over.'));
    if (value && value > dayIn(details.timeZone, latest))
      found.push(issueAt(name, 'TOO_FAR', 'The day must lie within the next two years.'));
  }
  if (waitlistPosition !== null && waitlistPosition !== undefined && !isPlace(waitlistPosition))
    found.push(issueAt('waitlistPosition', 'OUT_OF_RANGE', 'A place in line is from 1 to 100,000.'));
  if (command === 'recordNoShow' && referral.startsAt && referral.startsAt > now)
    found.push(issueAt('startsAt', 'IN_FUTURE', 'The appointment has not begun yet.'));
  if (
    command === 'amendOutcome' &&
    referral.closedAt &&
    now.getTime() - referral.closedAt.getTime() > 30 * day
  )
    found.push(issueAt('outcomeCode', 'TOO_LATE', 'An outcome can be amended for 30 days.'));
  return found;
}

function isPlace(position: number): boolean {
  return position >= 1 && position <= 100_000;
}

type Effect = (referral: Referral, details: Timed) => Partial<Referral>;

const stopped = { expiresAt: null, decideBy: null, pausedMs: null } as const;
const decided = (now: Date) => ({ ...stopped, decidedAt: now });

/** What each command changes in addition to status and version. */
export const effects: Record<ReferralCommand, Effect> = {
  submit: () => ({}),
  send: (_referral, { now }) => ({ sentAt: now }),
  acknowledge: (_referral, { now }) => ({ acknowledgedAt: now }),
  requestInfo: (referral, { question, now }) => ({
    acknowledgedAt: referral.acknowledgedAt ?? now,
    question: question ?? null,
    pausedMs: referral.expiresAt ? Math.max(0, referral.expiresAt.getTime() - now.getTime()) : null,
    expiresAt: null,
  }),
  provideInfo: (_referral, { note }) => ({ answer: note ?? null, infoAnswered: true }),
  accept: (referral, { now }) => ({ ...decided(now), acceptedAt: referral.acceptedAt ?? now }),
  decline: (_referral, { declineReason, now }) => ({
    ...decided(now),
    closedAt: now,
    declineReason: declineReason ?? null,
  }),
  waitlist: (referral, { reviewOn, expectedOn, waitlistPosition, now }) => ({
    ...stopped,
    decidedAt: referral.decidedAt ?? now,
    reviewOn: reviewOn ?? null,
    expectedOn: expectedOn ?? null,
    waitlistPosition: waitlistPosition ?? null,
  }),
  schedule: (referral, { startsAt, now }) => ({
    startsAt: startsAt ?? null,
    acceptedAt: referral.acceptedAt ?? now,
  }),
  reschedule: (_referral, { startsAt }) => ({ startsAt: startsAt ?? null }),
  cancelAppointment: () => ({ startsAt: null }),
  recordNoShow: ({ noShowCount }) => ({ noShowCount: noShowCount + 1 }),
  startService: (referral, { firstServiceAt, now }) => ({
    firstServiceAt: firstServiceAt ?? now,
    acceptedAt: referral.acceptedAt ?? now,
  }),
  hold: ({ status }, { holdReason, reviewOn }) => ({
    holdReason: holdReason ?? null,
    reviewOn: reviewOn ?? null,
    heldFrom: status,
  }),
  resume: () => ({ holdReason: null, heldFrom: null, reviewOn: null }),
  supersede: (_referral, { now }) => ({ ...stopped, closedAt: now, cancelReason: 'SUPERSEDED' }),
  closeResolved: (referral, details) => ({
    closedAt: details.now,
    firstServiceAt: referral.firstServiceAt ?? details.firstServiceAt ?? null,
    outcome: outcomeOf(details, 1, true),
  }),
  closeUnresolved: (_referral, details) => ({ closedAt: details.now, outcome: outcomeOf(details, 1, false) }),
  cancel: (_referral, { cancelReason, now }) => ({
    ...stopped,
    closedAt: now,
    cancelReason: cancelReason ?? 'OTHER',
  }),
  expire: (_referral, { now }) => ({ ...stopped, closedAt: now }),
  withdrawConsent: (_referral, details) => ({
    closedAt: details.now,
    outcome: outcomeOf({ ...details, closedBySide: 'SYSTEM' }, 1, false),
  }),
  enterInError: (referral, { now }) => ({ ...stopped, closedAt: referral.closedAt ?? now }),
  reroute: () => ({}),
  amendOutcome: ({ outcome, status }, details) => ({
    outcome: outcomeOf(
      { ...details, closedBySide: details.closedBySide ?? outcome?.closedBySide },
      (outcome?.version ?? 0) + 1,
      status === 'COMPLETED',
    ),
  }),
};

function outcomeOf(details: Timed, version: number, resolved: boolean): Outcome {
  return {
    code: (resolved ? details.outcomeCode : details.unresolvedReason) ?? 'OTHER',
    resolved,
    closedBySide: details.closedBySide ?? 'PROVIDER',
    servicesProvided: [...(details.servicesProvided ?? [])],
    enrollmentStatus: details.enrollmentStatus ?? null,
    note: details.note ?? null,
    attestedSource: details.attestedSource ?? null,
    version,
  };
}
