import { caseFacts, uuidV7, type Fact } from '@throughline/events';
import {
  forbidden,
  invalidInput,
  invalidTransition,
  issueAt,
  type Forbidden,
  type InvalidInput,
  type InvalidTransition,
} from '@throughline/graphql/problems';
import { isBlank } from '@throughline/graphql/text';
import type { CaseFile, ClosureReason } from '../case-file/case-file.ts';
import { refusalOf } from '../case-file/moves.ts';
import type { CloseRequest } from '../closure/close-request.entity.ts';

export interface Asked {
  reason: ClosureReason;
  note?: string | null | undefined;
  override: string;
}

/** What is known when somebody asks. */
export interface AskingState {
  waiting: CloseRequest | null;
  isHeldUp: boolean;
  by: string;
  now: Date;
}

/**
 * Asks a supervisor to close a case although something is open. One request of a case waits at a time; a case that
 * nothing holds up is closed at once instead. Answers InvalidInput or InvalidTransition. Source: infra/reference/domain.md 1.2.
 */
export function askToClose(
  caseFile: CaseFile,
  { reason, note = null, override }: Asked,
  { waiting, isHeldUp, by, now }: AskingState,
): { request: CloseRequest; facts: Fact[] } | InvalidInput | InvalidTransition {
  const refusal = refusalOf(caseFile, 'CLOSE');
  if (refusal) return refusal;
  if (waiting) return invalidTransition('CLOSE_ASKED', 'askToCloseCase', ['decideCloseRequest']);
  if (reason === 'DECEASED' || !isHeldUp)
    return invalidTransition(caseFile.status, 'askToCloseCase', ['closeCase']);
  if (isBlank(override))
    return invalidInput([issueAt('override', 'REQUIRED', 'Say why the case shall be closed all the same.')]);
  const { id: caseId, clientId } = caseFile;
  const request: CloseRequest = {
    ...{ id: uuidV7(now), caseId, clientId, reason, note, override, askedAt: now, askedBy: by },
    ...{ status: 'PENDING', decidedAt: null, decidedBy: null, decisionReason: null },
  };
  return { request, facts: [caseFacts.closeAsked.of(clientId, now, { clientId, caseId })] };
}

export interface Decider {
  id: string;
  /** A supervisor, and not of the own case. */
  mayOverride: boolean;
}

/** Who may decide: another supervisor than the one who asked, and not the one who leads the case. */
export function decisionRefusal(
  request: CloseRequest | null,
  { id, mayOverride }: Decider,
): Forbidden | InvalidTransition | null {
  if (!request) return invalidTransition('NOT_ASKED', 'decideCloseRequest', ['askToCloseCase']);
  if (request.askedBy === id)
    return forbidden('Nobody decides about their own request: ask another supervisor.');
  return mayOverride ? null : forbidden('Nobody decides about their own case: ask another supervisor.');
}

/** The case stays open; who asked reads why. Answers InvalidInput without a reason. */
export function refuseRequest(
  request: CloseRequest,
  reason: string | null,
  { by, now }: { by: string; now: Date },
): { request: CloseRequest; facts: Fact[] } | InvalidInput {
  if (isBlank(reason ?? ''))
    return invalidInput([issueAt('reason', 'REQUIRED', 'Say why the case stays open.')]);
  const { clientId, caseId } = request;
  return {
    request: { ...request, ...decided('REFUSED', { reason, by, now }) },
    facts: [caseFacts.closeRefused.of(clientId, now, { clientId, caseId })],
  };
}

/** The request after a supervisor agreed; the case is closed in the same transaction. */
export function approveRequest(
  request: CloseRequest,
  reason: string | null,
  by: { by: string; now: Date },
): CloseRequest {
  return { ...request, ...decided('APPROVED', { reason, ...by }) };
}

function decided(
  status: 'APPROVED' | 'REFUSED',
  { reason, by, now }: { reason: string | null; by: string; now: Date },
) {
  return { status, decidedAt: now, decidedBy: by, decisionReason: reason };
}
