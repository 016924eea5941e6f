import { uuidV7 } from '@throughline/events';
import {
  invalidInput,
  invalidTransition,
  type InputIssue,
  type InvalidInput,
  type InvalidTransition,
} from '@throughline/graphql/problems';
import { addDays, endOfDay, today, type Moment } from '@throughline/privacy';
import type { CaseFile } from '../case-file/case-file.ts';
import { moved, nothingWaits, refusalOf, reviewFaults, type Change, type Moved } from '../case-file/moves.ts';

export type ScreeningOutcome = 'ACCEPTED' | 'NOT_ELIGIBLE' | 'WAITLISTED';
export type ScreeningReason =
  | 'AGE'
  | 'OUT_OF_AREA'
  | 'NO_COVERAGE'
  | 'NEEDS_MORE_CARE'
  | 'NEEDS_LESS_CARE'
  | 'SERVED_ELSEWHERE'
  | 'NOT_WANTED'
  | 'OTHER';

export interface ScreeningDraft {
  decision: ScreeningOutcome;
  reason?: ScreeningReason | null | undefined;
  note?: string | null | undefined;
  alternative?: string | null | undefined;
  reviewOn?: string | null | undefined;
}

/** A decision about eligibility; none changes. */
export interface ScreeningDecision {
  id: string;
  caseId: string;
  clientId: string;
  decision: ScreeningOutcome;
  reason: ScreeningReason | null;
  note: string | null;
  alternative: string | null;
  reviewOn: string | null;
  decidedAt: Date;
  decidedBy: string;
}

/** What each decision must say, and what only it says. Source: infra/reference/domain.md 1.1 (phase 1). */
const needed: Record<ScreeningOutcome, readonly ('reason' | 'alternative' | 'reviewOn')[]> = {
  ACCEPTED: [],
  NOT_ELIGIBLE: ['reason', 'alternative'],
  WAITLISTED: ['reviewOn'],
};

/**
 * Decides whether the program takes a person. A person on the wait list is taken, or waits until another review; a case
 * on the wait list ends by closing it. Source: infra/reference/domain.md 1.1 (phase 1), 1.2.
 */
export function decideScreening(
  caseFile: CaseFile,
  draft: ScreeningDraft,
  by: string,
  at: Moment,
): { moved: Moved; decision: ScreeningDecision } | InvalidInput | InvalidTransition {
  const refusal = refusalOf(caseFile, 'DECIDE_SCREENING');
  if (refusal) return refusal;
  const isWaiting = caseFile.status === 'WAITLISTED';
  if (isWaiting && draft.decision === 'NOT_ELIGIBLE')
    return invalidTransition('WAITLISTED', 'decideScreening to NOT_ELIGIBLE', ['CLOSE']);
  const faults = screeningFaults(draft, at);
  if (faults.length > 0) return invalidInput(faults);

  const { id: caseId, clientId } = caseFile;
  const { decision, reason = null, note = null, alternative = null, reviewOn = null } = draft;
  const said = { decision, reason, note, alternative, reviewOn };
  const row = { id: uuidV7(at.now), caseId, clientId, ...said, decidedAt: at.now, decidedBy: by };
  return { moved: moved(caseFile, changeOf(draft, at), { staffId: by, reason: note }, at), decision: row };
}

function changeOf({ decision, reviewOn = null }: ScreeningDraft, at: Moment): Change {
  const dueBy = (day: string) => endOfDay(day, at.timeZone);
  const changes = {
    ACCEPTED: { ...nothingWaits, nextContactDueAt: dueBy(addDays(today(at), 7)) },
    NOT_ELIGIBLE: nothingWaits,
    WAITLISTED: { ...nothingWaits, reviewOn, nextContactDueAt: reviewOn === null ? null : dueBy(reviewOn) },
  } as const satisfies Record<ScreeningOutcome, Partial<CaseFile>>;
  const ways = {
    ACCEPTED: { to: 'OPEN_ASSESSMENT', fact: 'accepted' },
    NOT_ELIGIBLE: { to: 'NOT_ELIGIBLE', fact: 'notEligible' },
    WAITLISTED: { to: 'WAITLISTED', fact: 'waitlisted' },
  } as const;
  return { ...ways[decision], changes: changes[decision] };
}

/** Everything that a decision lacks, and what another decision would say. */
export function screeningFaults(draft: ScreeningDraft, at: Moment): InputIssue[] {
  const { decision, reason, note, reviewOn } = draft;
  const faults = (['reason', 'alternative', 'reviewOn'] as const).flatMap((path): InputIssue[] => {
    const isNeeded = needed[decision].includes(path);
    if (isNeeded && !draft[path]) return [{ path, code: 'MISSING', message: `${decision} needs it.` }];
    return !isNeeded && draft[path]
      ? [{ path, code: 'NOT_ALLOWED', message: `${decision} does not have it.` }]
      : [];
  });
  if (reason === 'OTHER' && !note)
    faults.push({ path: 'note', code: 'MISSING', message: 'OTHER needs a text.' });
  const day = decision === 'WAITLISTED' && reviewOn ? reviewFaults(reviewOn, at) : [];
  return [...faults, ...day];
}
