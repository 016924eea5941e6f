import type { Change } from '@throughline/command/decision';
import { uuidV7 } from '@throughline/events';
import {
  type InputIssue,
  invalidTransition,
  type InvalidTransition,
  issueAt,
} from '@throughline/graphql/problems';
import { isClockTime, isTimeZone } from '@throughline/privacy';
import type { Opening } from './opening.ts';

export type CallLineKind = 'EMERGENCY' | 'CRISIS' | 'INTAKE' | 'WARM_LINE' | 'GENERAL';

/** A telephone line that staff answer, or that they name to callers. Source: infra/reference/domain.md 8.3. */
export interface CallLine extends Opening {
  id: string;
  label: string;
  kind: CallLineKind;
  /** E.164, or a short number such as 988. */
  number: string;
  extension: string | null;
  textNumber: string | null;
  chatUrl: string | null;
  languages: string[];
  /** Speaks other languages, too, through interpreters. */
  interprets: boolean;
  /** States that it serves; empty: the whole country. */
  states: string[];
  /** Order among lines of a kind; 1 = first. */
  rank: number;
  retiredAt: Date | null;
  version: number;
}

export type CallLineRecord = Omit<CallLine, 'id' | 'retiredAt' | 'version'>;

/** Faults of a line beyond the form of its input. */
export function callLineFaults(record: CallLineRecord): InputIssue[] {
  const { timeZone, hours, chatUrl, states, textNumber } = record;
  const hourFaults = hours.flatMap(({ days, from, to }, at) => [
    ...(days.length === 0 ? [issueAt(`hours.${at}.days`, 'MISSING', 'Name one day at least.')] : []),
    ...(['from', 'to'] as const).flatMap((field) =>
      isClockTime({ from, to }[field])
        ? []
        : [issueAt(`hours.${at}.${field}`, 'INVALID_FORMAT', 'Write the time as HH:mm, for example 08:30.')],
    ),
  ]);
  return [
    ...hourFaults,
    ...(isTimeZone(timeZone) ? [] : [issueAt('timeZone', 'UNKNOWN', 'Not an IANA time zone.')]),
    ...(chatUrl === null || isHttps(chatUrl)
      ? []
      : [issueAt('chatUrl', 'INVALID_FORMAT', 'Write an address that begins with https://.')]),
    ...(textNumber === null || isDialled(textNumber)
      ? []
      : [issueAt('textNumber', 'INVALID_FORMAT', dialled)]),
    ...states.flatMap((state, at) =>
      isState(state) ? [] : [issueAt(`states.${at}`, 'INVALID_FORMAT', twoLetters)],
    ),
  ];
}

const dialled = 'Write the number with its area code, or a short number such as 988.';
const twoLetters = 'Write the two letters of the state, for example FL.';

/** Whether a text can be the two letters of a state. */
export function isState(text: string): boolean {
  return /^[A-Z]{2}$/.test(text);
}

/** A short number such as 911, or E.164. */
export function isDialled(number: string): boolean {
  return /^(\d{3,6}|\+[1-9]\d{6,14})$/.test(number);
}

function isHttps(text: string): boolean {
  return URL.canParse(text) && new URL(text).protocol === 'https:';
}

/** A new line. The record has no faults. */
export function addLine(record: CallLineRecord, now: Date): { insert: CallLine } {
  return { insert: { ...record, id: uuidV7(now), retiredAt: null, version: 1 } };
}

/** The line is offered to nobody from now on. Inquiries that name it keep it. */
export function retireLine(line: CallLine, now: Date): Change<never, CallLine> | InvalidTransition {
  if (line.retiredAt) return invalidTransition('RETIRED', 'retireCallLine', []);
  return { update: { ...line, retiredAt: now } };
}
