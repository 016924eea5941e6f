import { type InputIssue, issueAt } from '@throughline/graphql/problems';
import type { Moment } from '@throughline/privacy';
import type { CallLine } from '../call-line/call-line.ts';
import { promiseFaults, withPromise, type CallbackPromise } from '../callback/callback.ts';
import type { Disposition, Inquiry } from '../inquiry/inquiry.ts';
import { openQuestions, type TriageScript } from '../triage/triage.ts';
import { transferFaults, transferOf, type TransferDraft } from './transfer.ts';

/** How a worker ends a contact. */
export interface Ending {
  disposition: Disposition;
  transfer: TransferDraft | null;
  callback: CallbackPromise | null;
}

/** What an ending is compared with. `line` is the line that the transfer names. */
export interface EndingFrame {
  script: TriageScript;
  line: CallLine | null;
  at: Moment;
}

/** Every fault of an ending. Source: infra/reference/domain.md 8.3. */
export function endingFaults(
  inquiry: Inquiry,
  ending: Ending,
  { script, line, at }: EndingFrame,
): InputIssue[] {
  const { disposition, transfer, callback } = ending;
  return [
    ...transferFaults(inquiry, transfer, line),
    ...handedOnFaults(ending, line),
    ...(disposition === 'CONVERTED'
      ? [issueAt('disposition', 'NOT_ALLOWED', 'Convert the inquiry with convertInquiry.')]
      : []),
    ...(disposition === 'SCREENED' ? unansweredFaults(inquiry, script) : []),
    ...(disposition === 'CALLBACK_SCHEDULED' && !callback
      ? [issueAt('callback', 'MISSING', 'Say when the caller will be called.')]
      : []),
    ...(disposition !== 'CALLBACK_SCHEDULED' && callback
      ? [issueAt('callback', 'NOT_ALLOWED', 'Only CALLBACK_SCHEDULED promises a call.')]
      : []),
    ...(callback ? promiseFaults(inquiry, callback, at) : []),
  ];
}

/** An outcome that names a line needs the transfer to that line. */
function handedOnFaults({ disposition, transfer }: Ending, line: CallLine | null): InputIssue[] {
  const fits = handedOn[disposition];
  if (!fits) return [];
  if (!transfer) return [issueAt('transfer', 'MISSING', 'Name the line that took over.')];
  if (transfer.result !== 'TRANSFERRED')
    return [issueAt('transfer.result', 'CONTRADICTS', 'The outcome says that the caller was handed on.')];
  return line && !fits(line)
    ? [issueAt('transfer.lineId', 'CONTRADICTS', 'The outcome names another line than this one.')]
    : [];
}

const handedOn: Partial<Record<Disposition, (line: CallLine) => boolean>> = {
  WARM_TRANSFER_988: ({ number }) => number === '988',
  EMERGENCY_911: ({ kind }) => kind === 'EMERGENCY',
  WARM_TRANSFER_OTHER: ({ number, kind }) => number !== '988' && kind !== 'EMERGENCY',
};

function unansweredFaults(inquiry: Inquiry, script: TriageScript): InputIssue[] {
  const missing = openQuestions(script, inquiry.answers).filter(({ required }) => required);
  if (missing.length === 0) return [];
  const codes = missing.map(({ code }) => code).join(', ');
  return [issueAt('disposition', 'NOT_SCREENED', `These questions have no answer yet: ${codes}.`)];
}

/** The contact is ended, or a call is promised. The ending has no faults. */
export function endInquiry(
  inquiry: Inquiry,
  { disposition, transfer, callback }: Ending,
  { by, at }: { by: string; at: Moment },
): Inquiry {
  const { now, timeZone } = at;
  const handedOver: Inquiry = {
    ...inquiry,
    handledBy: by,
    transfer: transfer ? transferOf(transfer, now) : inquiry.transfer,
  };
  if (callback) return withPromise(handedOver, callback, timeZone);
  return { ...handedOver, status: 'ENDED', disposition, claimedBy: null, claimedAt: null, endedAt: now };
}
