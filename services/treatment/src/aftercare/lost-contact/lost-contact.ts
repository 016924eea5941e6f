import type { Change } from '@throughline/command/decision';
import {
  lostContactDecided,
  lostContactOpened,
  lostContactSettled,
  uuidV7,
  type Fact,
} from '@throughline/events';
import {
  forbidden,
  invalidInput,
  invalidTransition,
  type Forbidden,
  type InputIssue,
  type InvalidInput,
  type InvalidTransition,
} from '@throughline/graphql/problems';
import { consentOf, type ConsentCopy } from '../consent-copy/consent-copy.ts';
import type { AftercareContact, Talk } from '../aftercare-contact/aftercare-contact.ts';

export type LostContactStatus = 'OPEN' | 'AWAITING_REVIEW' | 'LOST' | 'TRYING_ON' | 'WITHDRAWN';
/** What is tried beyond calls before a contact counts as lost. */
export const waysToTry = ['WELFARE_CHECK', 'LETTER', 'SUPPORTER_WITH_CONSENT'] as const;
export type WayToTry = (typeof waysToTry)[number];

export interface Tried {
  way: WayToTry;
  done: boolean;
  /** What came back, or why it was not possible. */
  note: string;
  /** For a supporter: the consent under which staff spoke with the person. */
  consentId: string | null;
}

/** The question whether the contact with a client is lost. People answer it, never silence. */
export interface LostContact {
  id: string;
  clientId: string;
  stayId: string;
  status: LostContactStatus;
  openedAt: Date;
  /** Attempts that reached nobody, when it was opened. */
  attemptIds: string[];
  reason: string | null;
  tried: readonly Tried[];
  decidedAt: Date | null;
  decidedBy: string | null;
  reviewedAt: Date | null;
  reviewedBy: string | null;
  version: number;
}

/** One step of a decision; written once. */
export interface LostContactStep {
  id: string;
  decisionId: string;
  to: LostContactStatus;
  note: string | null;
  by: string;
  at: Date;
}

const ATTEMPTS = 3;

interface Watched {
  clientId: string;
  contacts: readonly AftercareContact[];
  decisions: readonly LostContact[];
  /** In order of time. */
  talks: readonly Talk[];
}

export interface Watch {
  insert: LostContact | null;
  update: LostContact | null;
  facts: Fact[];
}

/**
 * Three attempts in a row that reach nobody while contacts after a discharge are due open the decision; a conversation, or
 * a correction, takes it back. Source: infra/reference/domain.md 4.6.
 */
export function watchAttempts({ clientId, contacts, decisions, talks }: Watched, now: Date): Watch {
  const current = decisions.find(({ status }) => status === 'OPEN' || status === 'AWAITING_REVIEW') ?? null;
  const live = contacts.filter(({ status, sourceType }) => status === 'PENDING' && sourceType === 'Stay');
  const latest = live.sort((a, b) => +b.startedAt - +a.startedAt)[0];
  const decided = decisions.flatMap(({ decidedAt, id }) =>
    decidedAt && id !== current?.id ? [+decidedAt] : [],
  );
  const failed = latest ? failedSince(talks, Math.max(+latest.startedAt, ...decided)) : [];
  if (current) {
    if (failed.length >= ATTEMPTS) return { insert: null, update: null, facts: [] };
    const update = { ...current, status: 'WITHDRAWN' as const, version: current.version + 1 };
    return {
      insert: null,
      update,
      facts: [lostContactSettled.of(clientId, now, { decisionId: current.id, clientId })],
    };
  }
  if (!latest || failed.length < ATTEMPTS) return { insert: null, update: null, facts: [] };
  const insert: LostContact = {
    ...{
      id: uuidV7(now),
      clientId,
      stayId: latest.sourceId,
      status: 'OPEN',
      openedAt: now,
      reason: null,
      tried: [],
    },
    ...{
      attemptIds: failed.map(({ id }) => id),
      decidedAt: null,
      decidedBy: null,
      reviewedAt: null,
      reviewedBy: null,
    },
    version: 1,
  };
  return {
    insert,
    update: null,
    facts: [lostContactOpened.of(clientId, now, { decisionId: insert.id, clientId })],
  };
}

/** Attempts after a moment and after the last conversation. */
function failedSince(talks: readonly Talk[], from: number): Talk[] {
  const since = talks.filter(({ at }) => +at > from);
  return since.slice(since.findLastIndex(({ reached }) => reached) + 1);
}

/** Since when the contact is lost; null when nobody says so, or the client was reached after it. */
export function lostSince(decisions: readonly LostContact[], talks: readonly Talk[]): Date | null {
  const since = decisions.findLast(({ status }) => status === 'LOST')?.decidedAt ?? null;
  return since && !talks.some(({ at, reached }) => reached && at > since) ? since : null;
}

export interface LostContactAnswer {
  isLost: boolean;
  reason: string;
  tried: readonly Tried[];
}

export type Decided =
  (Change<never, LostContact> & { step: LostContactStep }) | InvalidInput | InvalidTransition | Forbidden;
interface By {
  by: string;
  now: Date;
}

/**
 * Answers the question. A lost contact needs a reason and the outcome of each of the three ways: a welfare check, a letter,
 * and a supporter for whom there is a consent. Source: infra/reference/domain.md 4.6.
 */
export function decideLostContact(
  decision: LostContact,
  { isLost, reason, tried }: LostContactAnswer,
  { by, now, consents }: By & { consents: readonly ConsentCopy[] },
): Decided {
  if (decision.status !== 'OPEN') return invalidTransition(decision.status, 'decideLostContact', []);
  const faults = [
    ...answerFaults(isLost, reason, tried),
    ...tried.flatMap((one, index) => wayFaults(one, index, consents)),
  ];
  if (faults.length > 0) return invalidInput(faults);
  const status = isLost ? 'AWAITING_REVIEW' : 'TRYING_ON';
  const { id: decisionId, clientId } = decision;
  const fact = (isLost ? lostContactDecided : lostContactSettled).of(clientId, now, { decisionId, clientId });
  const update = { ...decision, status, reason, tried, decidedAt: now, decidedBy: by } as const;
  return { update, facts: [fact], step: stepOf(update, reason, { by, now }) };
}

function answerFaults(isLost: boolean, reason: string, tried: readonly Tried[]): InputIssue[] {
  const faults: InputIssue[] = [];
  if (!reason.trim()) faults.push({ path: 'reason', code: 'REQUIRED', message: 'Say why.' });
  const ways = tried.map(({ way }) => way);
  if (new Set(ways).size !== ways.length)
    faults.push({ path: 'tried', code: 'DUPLICATE', message: 'Each way is given once.' });
  const missing = isLost ? waysToTry.filter((way) => !ways.includes(way)) : [];
  if (missing.length > 0)
    faults.push({ path: 'tried', code: 'REQUIRED', message: `Say the outcome of ${missing.join(', ')}.` });
  else if (isLost && !tried.some(({ done }) => done))
    faults.push({ path: 'tried', code: 'NOTHING_TRIED', message: 'At least one of the ways is tried.' });
  return faults;
}

function wayFaults(
  { way, done, note, consentId }: Tried,
  index: number,
  consents: readonly ConsentCopy[],
): InputIssue[] {
  const at = `tried.${String(index)}`;
  const faults: InputIssue[] = [];
  if (!note.trim()) {
    const message = 'Say what came back, or why it was not possible.';
    faults.push({ path: `${at}.note`, code: 'REQUIRED', message });
  }
  const person = { name: '', agencyId: null, consentId };
  if (way === 'SUPPORTER_WITH_CONSENT' && done && consentOf(person, consents) === 'MISSING') {
    const message = 'Name a consent of the client, in force, under which staff may speak with the person.';
    faults.push({ path: `${at}.consentId`, code: 'NO_CONSENT', message });
  }
  return faults;
}

export interface LostContactReview {
  agrees: boolean;
  note?: string | null | undefined;
}

/** A second person agrees that the contact is lost, or sends the question back with what is still to try. */
export function reviewLostContact(
  decision: LostContact,
  { agrees, note }: LostContactReview,
  { by, now }: By,
): Decided {
  if (decision.status !== 'AWAITING_REVIEW')
    return invalidTransition(decision.status, 'reviewLostContact', []);
  if (decision.decidedBy === by) return forbidden('Another person than the one who decided reviews it.');
  if (!agrees && !note?.trim())
    return invalidInput([{ path: 'note', code: 'REQUIRED', message: 'Say what is still to try.' }]);
  const { id: decisionId, clientId } = decision;
  const reviewed = { reviewedAt: now, reviewedBy: by };
  const update: LostContact = agrees
    ? { ...decision, status: 'LOST', ...reviewed }
    : { ...decision, status: 'OPEN', decidedAt: null, decidedBy: null, ...reviewed };
  const fact = (agrees ? lostContactSettled : lostContactOpened).of(clientId, now, { decisionId, clientId });
  return { update, facts: [fact], step: stepOf(update, note ?? null, { by, now }) };
}

function stepOf(
  { id: decisionId, status: to }: LostContact,
  note: string | null,
  { by, now }: By,
): LostContactStep {
  return { id: uuidV7(now), decisionId, to, note, by, at: now };
}
