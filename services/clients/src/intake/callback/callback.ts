import type { Change } from '@throughline/command/decision';
import { callbackDue, callbackMissed } from '@throughline/events';
import { type InputIssue, issueAt } from '@throughline/graphql/problems';
import { isClockTime, isTimeZone, timeIn, type Moment } from '@throughline/privacy';
import { CLAIM_MINUTES, claimantOf } from '../inquiry/allowed.ts';
import type { CallbackHours, Inquiry } from '../inquiry/inquiry.ts';

const minuteMs = 60_000;
/** A callback is due so long before its promised time. Source: infra/reference/domain.md 6.2 (CALLBACK_DUE). */
export const LEAD_MINUTES = 10;
const LONGEST_DAYS = 30;

/** A promised time, and the hours in which the caller wants to be called. */
export interface CallbackPromise {
  at: Date;
  from?: string | null | undefined;
  to?: string | null | undefined;
  /** IANA name; left out it is the time zone of the program. */
  timeZone?: string | null | undefined;
}

/**
 * Faults of a promise: the time lies in the future and within the hours that the caller asked for, there is a number, and
 * the caller said that a call is safe.
 */
export function promiseFaults(
  { callbackNumber, safeToCallBack }: Pick<Inquiry, 'callbackNumber' | 'safeToCallBack'>,
  promise: CallbackPromise,
  at: Moment,
): InputIssue[] {
  const isLate = promise.at.getTime() > at.now.getTime() + LONGEST_DAYS * 24 * 60 * minuteMs;
  return [
    ...(promise.at <= at.now ? [issueAt('callback.at', 'IN_PAST', 'Promise a time in the future.')] : []),
    ...(isLate ? [issueAt('callback.at', 'TOO_LATE', 'Promise a time within 30 days.')] : []),
    ...(callbackNumber === null
      ? [
          issueAt(
            'callbackNumber',
            'MISSING',
            'Ask for a number, and write it down before you promise a call.',
          ),
        ]
      : []),
    ...(safeToCallBack === true
      ? []
      : [issueAt('safeToCallBack', 'NOT_SAFE', 'Promise a call only when the caller says that it is safe.')]),
    ...hourFaults(promise, at.timeZone),
  ];
}

function hourFaults(promise: CallbackPromise, programZone: string): InputIssue[] {
  const { at, from = null, to = null, timeZone } = promise;
  if (timeZone && !isTimeZone(timeZone))
    return [issueAt('callback.timeZone', 'UNKNOWN', 'Not an IANA time zone.')];
  if (from === null && to === null) return [];
  const faults = Object.entries({ from, to }).flatMap(([field, time]) =>
    time !== null && isClockTime(time)
      ? []
      : [issueAt(`callback.${field}`, 'INVALID_FORMAT', 'Write the time as HH:mm, for example 17:30.')],
  );
  if (faults.length > 0 || from === null || to === null) return faults;
  const time = timeIn(timeZone ?? programZone, at);
  const isWithin = from < to ? time >= from && time <= to : time >= from || time <= to;
  if (isWithin) return [];
  return [
    issueAt('callback.at', 'OUTSIDE_HOURS', 'The time is outside the hours that the caller asked for.'),
  ];
}

/** The inquiry with the promise, in place of an earlier one. The promise has no faults. */
export function withPromise(inquiry: Inquiry, promise: CallbackPromise, programZone: string): Inquiry {
  const { at, from, to, timeZone } = promise;
  const callback: CallbackHours | null = from && to ? { from, to, timeZone: timeZone ?? programZone } : null;
  return {
    ...inquiry,
    ...{ status: 'CALLBACK', disposition: 'CALLBACK_SCHEDULED', callback, callbackDueAt: at },
    ...{ claimedBy: null, claimedAt: null, missedAt: null },
  };
}

/** The member of staff calls now: nobody else does for the time of a claim. */
export function claim(inquiry: Inquiry, by: string, now: Date): Inquiry {
  return { ...inquiry, claimedBy: by, claimedAt: now };
}

/** Nobody calls now. */
export function release(inquiry: Inquiry): Inquiry {
  return { ...inquiry, claimedBy: null, claimedAt: null };
}

/** The worker is told that the time comes; nobody is told when somebody calls already. */
export function tellDue(inquiry: Inquiry, dueAt: Date, now: Date): Change<never, Inquiry> | null {
  const { id: inquiryId, handledBy: handledById } = inquiry;
  if (!isAwaited(inquiry, dueAt) || claimantOf(inquiry, now)) return null;
  const fact = callbackDue.of(inquiryId, now, { inquiryId, handledById, dueAt: dueAt.toISOString() });
  return { facts: [fact] };
}

/**
 * The promised time has passed and nobody called: the intake lead is told, once. While somebody calls, the answer is the
 * instant at which that claim ends. Source: infra/reference/domain.md 6.2, 8.9 (19).
 */
export function miss(inquiry: Inquiry, dueAt: Date, now: Date): Change<never, Inquiry> | Date | null {
  if (!isAwaited(inquiry, dueAt) || inquiry.missedAt) return null;
  if (claimantOf(inquiry, now)) return claimEnd(inquiry, now);
  const { id: inquiryId, handledBy: handledById } = inquiry;
  const fact = callbackMissed.of(inquiryId, now, { inquiryId, handledById });
  return { update: { ...inquiry, missedAt: now }, facts: [fact] };
}

/** When a claim of now ends by itself. */
function claimEnd({ claimedAt }: Inquiry, now: Date): Date {
  return new Date((claimedAt ?? now).getTime() + CLAIM_MINUTES * minuteMs);
}

/** Whether the promise of this time still stands: it was neither kept nor replaced. */
function isAwaited({ status, callbackDueAt }: Inquiry, dueAt: Date): boolean {
  return status === 'CALLBACK' && callbackDueAt?.getTime() === dueAt.getTime();
}
