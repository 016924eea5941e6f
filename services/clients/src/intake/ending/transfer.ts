import { type InputIssue, issueAt } from '@throughline/graphql/problems';
import { isBlank } from '@throughline/graphql/text';
import type { CallLine } from '../call-line/call-line.ts';
import type { Inquiry, Transfer } from '../inquiry/inquiry.ts';

/** What the worker says of handing a caller in a crisis on. */
export interface TransferDraft {
  result: Transfer['result'];
  lineId?: string | null | undefined;
  doneInstead?: string | null | undefined;
}

/**
 * A crisis is not ended before somebody says that the caller was handed on, or that the caller refused and what was done
 * instead. `line` is the line that the draft names; null: there is none. Source: infra/reference/domain.md 8.3.
 */
export function transferFaults(
  { urgency, transfer }: Pick<Inquiry, 'urgency' | 'transfer'>,
  draft: TransferDraft | null,
  line: CallLine | null,
): InputIssue[] {
  if (!draft) return urgency === 'CRISIS' && transfer === null ? [issueAt('transfer', 'MISSING', sayIt)] : [];
  const { result, lineId = null, doneInstead } = draft;
  if (result === 'NOT_RECORDED') return [issueAt('transfer.result', 'NOT_ALLOWED', sayIt)];
  const unknown =
    lineId !== null && !line ? [issueAt('transfer.lineId', 'UNKNOWN', 'There is no such line.')] : [];
  if (result === 'TRANSFERRED' && lineId === null)
    return [issueAt('transfer.lineId', 'MISSING', 'Name the line that took over.')];
  if (result === 'REFUSED' && (!doneInstead || isBlank(doneInstead)))
    return [...unknown, issueAt('transfer.doneInstead', 'MISSING', 'Say what was done instead.')];
  return unknown;
}

const sayIt =
  'This is a crisis: say that the caller was handed on, or that the caller refused and what was done instead.';

/** The transfer as it is kept. */
export function transferOf(draft: TransferDraft, now: Date): Transfer {
  const { result, lineId = null, doneInstead = null } = draft;
  return { result, lineId, doneInstead, at: now.toISOString() };
}
