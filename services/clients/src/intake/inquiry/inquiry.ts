import type { Change } from '@throughline/command/decision';
import { inquiryInCrisis, uuidV7, type Fact } from '@throughline/events';
import { type InputIssue, issueAt } from '@throughline/graphql/problems';
import { isState, type CallLine } from '../call-line/call-line.ts';
import { linesFor } from '../call-line/choose-lines.ts';
import {
  chosenAnswers,
  moreUrgent,
  urgencyOf,
  withAnswers,
  type InquiryUrgency,
  type TriageAnswer,
  type TriageScript,
} from '../triage/triage.ts';

export type InquiryChannel = 'CALL' | 'TEXT' | 'WEB' | 'WALK_IN' | 'REFERRAL_IN';
export type CallerRelation = 'SELF' | 'FAMILY' | 'PROVIDER' | 'JUSTICE' | 'OTHER';
export type InquiryStatus = 'OPEN' | 'CALLBACK' | 'ENDED';
export type Disposition =
  | 'INFO_GIVEN'
  | 'SCREENED'
  | 'WARM_TRANSFER_988'
  | 'WARM_TRANSFER_OTHER'
  | 'EMERGENCY_911'
  | 'CALLBACK_SCHEDULED'
  | 'CONVERTED'
  | 'ABANDONED'
  | 'WRONG_NUMBER';

/**
 * How a caller in a crisis was handed on. REFUSED: the caller did not want it, and something else was done.
 * NOT_RECORDED: nobody ended the contact before its data was erased.
 */
export interface Transfer {
  result: 'TRANSFERRED' | 'REFUSED' | 'NOT_RECORDED';
  lineId: string | null;
  doneInstead: string | null;
  at: string;
}

/** Hours in which the caller wants to be called, on the clocks of the caller. */
export interface CallbackHours {
  from: string;
  to: string;
  timeZone: string;
}

/** What a worker writes down of a first contact. */
export interface InquiryRecord {
  channel: InquiryChannel;
  callerRelation: CallerRelation;
  anonymous: boolean;
  callerName: string | null;
  /** E.164 */
  callbackNumber: string | null;
  callbackExtension: string | null;
  /** Null: nobody asked. */
  safeToCallBack: boolean | null;
  presentingConcern: string | null;
  notes: string | null;
  language: string | null;
  /** Two letters of the state where the caller is. */
  state: string | null;
  urgency: InquiryUrgency;
  callLineId: string | null;
}

/** A first contact, before there is a client and after. Source: infra/reference/domain.md 8.3. */
export interface Inquiry extends InquiryRecord {
  id: string;
  receivedAt: Date;
  scriptId: string;
  answers: TriageAnswer[];
  status: InquiryStatus;
  disposition: Disposition | null;
  transfer: Transfer | null;
  callback: CallbackHours | null;
  /** When the caller was promised a call; stays when the inquiry has ended. */
  callbackDueAt: Date | null;
  /** Who calls back now. */
  claimedBy: string | null;
  claimedAt: Date | null;
  /** When a promised time passed and nobody had called. */
  missedAt: Date | null;
  handledBy: string;
  endedAt: Date | null;
  /** Set by the conversion; from then on the rules of the client's record count. */
  clientId: string | null;
  caseId: string | null;
  convertedBy: string | null;
  erasedAt: Date | null;
  version: number;
}

/** A new inquiry. The record has no faults. A crisis is told at once. */
export function openInquiry(
  record: InquiryRecord,
  { by, script, receivedAt }: { by: string; script: TriageScript; receivedAt: Date },
  now: Date,
): { insert: Inquiry; facts: Fact[] } {
  const insert: Inquiry = {
    ...record,
    id: uuidV7(now),
    receivedAt,
    scriptId: script.id,
    ...{ answers: [], status: 'OPEN', disposition: null, transfer: null, callback: null },
    ...{
      callbackDueAt: null,
      claimedBy: null,
      claimedAt: null,
      missedAt: null,
      handledBy: by,
      endedAt: null,
    },
    ...{ clientId: null, caseId: null, convertedBy: null, erasedAt: null, version: 1 },
  };
  return { insert, facts: insert.urgency === 'CRISIS' ? [crisisFact(insert, now)] : [] };
}

/** Whether a contact can still be worked on. */
export function isLive({ status }: Pick<Inquiry, 'status'>): boolean {
  return status !== 'ENDED';
}

/** Changes the given fields. The changed record has no faults. */
export function amendInquiry(
  inquiry: Inquiry,
  changes: Partial<InquiryRecord>,
  now: Date,
): Change<never, Inquiry> {
  return withCrisisTold(inquiry, { ...inquiry, ...changes }, now);
}

/** Adds answers, which raise the urgency as the script says. The answers have no faults. */
export function answerTriage(
  inquiry: Inquiry,
  script: TriageScript,
  added: readonly TriageAnswer[],
  now: Date,
): Change<never, Inquiry> {
  const answers = withAnswers(script, inquiry.answers, added);
  const urgency = moreUrgent(inquiry.urgency, urgencyOf(script, answers));
  return withCrisisTold(inquiry, { ...inquiry, answers, urgency }, now);
}

function withCrisisTold(before: Inquiry, update: Inquiry, now: Date): Change<never, Inquiry> {
  const isNew = update.urgency === 'CRISIS' && before.urgency !== 'CRISIS';
  return { update, facts: isNew ? [crisisFact(update, now)] : [] };
}

function crisisFact({ id: inquiryId, handledBy: handledById }: Inquiry, now: Date): Fact {
  return inquiryInCrisis.of(inquiryId, now, { inquiryId, handledById });
}

/** Faults of what is written down. `before` is the inquiry as it was; an urgency never falls, so that a crisis is not forgotten. */
export function recordFaults(record: InquiryRecord, before?: InquiryRecord): InputIssue[] {
  const { anonymous, callerName, callbackNumber, callbackExtension, state, urgency } = record;
  const falls = before !== undefined && moreUrgent(before.urgency, urgency) !== urgency;
  return [
    ...(anonymous && callerName !== null
      ? [issueAt('callerName', 'ANONYMOUS', 'The caller stays anonymous: leave the name out.')]
      : []),
    ...(callbackExtension !== null && callbackNumber === null
      ? [issueAt('callbackExtension', 'NO_NUMBER', 'An extension needs a number.')]
      : []),
    ...(state !== null && !isState(state)
      ? [issueAt('state', 'INVALID_FORMAT', 'Write the two letters of the state, for example FL.')]
      : []),
    ...(falls
      ? [
          issueAt(
            'urgency',
            'CANNOT_FALL',
            'An urgency never falls. For a crisis, say how the caller was handed on.',
          ),
        ]
      : []),
  ];
}

/**
 * Lines to hand a caller in a crisis on to, the first one first: open now, for the caller's state, those that speak the
 * caller's language before the others. Emergency services come first when an answer says so. None without a crisis.
 * Source: infra/reference/domain.md 8.3.
 */
export function transferLines(
  inquiry: Inquiry,
  script: TriageScript,
  { lines, at }: { lines: readonly CallLine[]; at: Date },
): CallLine[] {
  if (inquiry.urgency !== 'CRISIS' || !isLive(inquiry)) return [];
  const { language, state } = inquiry;
  const open = linesFor(lines, { at, language, state });
  const isEmergency = chosenAnswers(script, inquiry.answers).some(
    ({ transferTo }) => transferTo === 'EMERGENCY',
  );
  const order = isEmergency ? (['EMERGENCY', 'CRISIS'] as const) : (['CRISIS', 'EMERGENCY'] as const);
  return order.flatMap((kind) => open.filter((line) => line.kind === kind));
}
