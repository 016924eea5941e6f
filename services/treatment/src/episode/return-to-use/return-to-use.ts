import type { Change } from '@throughline/command/decision';
import { returnToUseRecorded, uuidV7 } from '@throughline/events';
import { invalidInput, type InputIssue, type InvalidInput } from '@throughline/graphql/problems';
import { dayIn, today, type Day, type Moment } from '@throughline/privacy';
import type { Episode } from '../episode/episode.ts';

/** A return to use during or after treatment; written once. It says what was done for safety and what changes. */
export interface ReturnToUse {
  id: string;
  clientId: string;
  episodeId: string;
  on: Day;
  substance: string;
  severity: string;
  source: string;
  wasOverdose: boolean;
  safetyActions: readonly string[];
  /** What changes in the plan, or why nothing does. */
  planChange: string;
  recordedAt: Date;
  recordedBy: string;
}

export type ReturnToUseDraft = Pick<
  ReturnToUse,
  'on' | 'substance' | 'severity' | 'source' | 'safetyActions' | 'planChange'
> & { wasOverdose?: boolean | null | undefined };

/** Records a return to use. It lies between the admission and today. Source: infra/reference/domain.md 4.6. */
export function recordReturnToUse(
  episode: Episode,
  draft: ReturnToUseDraft,
  by: string,
  at: Moment,
): Change<ReturnToUse, never> | InvalidInput {
  const faults = faultsOf(episode, draft, at);
  if (faults.length > 0) return invalidInput(faults);
  const { id: episodeId, clientId } = episode;
  const { on, substance, severity, source, planChange } = draft;
  const insert: ReturnToUse = {
    ...{ id: uuidV7(at.now), clientId, episodeId, on, substance: substance.trim(), severity, source },
    ...{ wasOverdose: draft.wasOverdose ?? false, safetyActions: [...new Set(draft.safetyActions)] },
    ...{ planChange: planChange.trim(), recordedAt: at.now, recordedBy: by },
  };
  const fact = returnToUseRecorded.of(clientId, at.now, { returnToUseId: insert.id, clientId });
  return { insert, facts: [fact] };
}

function faultsOf({ admittedAt }: Episode, draft: ReturnToUseDraft, at: Moment): InputIssue[] {
  const { on, substance, safetyActions, planChange } = draft;
  const faults: InputIssue[] = [];
  const fault = (path: string, code: string, message: string) => faults.push({ path, code, message });
  if (on > today(at)) fault('on', 'IN_FUTURE', 'This day has not come yet.');
  else if (!admittedAt || on < dayIn(at.timeZone, admittedAt))
    fault('on', 'BEFORE_ADMISSION', 'It lies before the admission: that is part of the admission data.');
  if (!substance.trim()) fault('substance', 'REQUIRED', 'Say which substance.');
  if (safetyActions.length === 0) fault('safetyActions', 'REQUIRED', 'Say what was done for safety.');
  if (!planChange.trim())
    fault('planChange', 'REQUIRED', 'Say what changes in the plan, or why nothing does.');
  return faults;
}
