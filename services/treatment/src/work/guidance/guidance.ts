import type { Decision } from '@throughline/command/decision';
import { guidanceGiven, uuidV7 } from '@throughline/events';
import type { InputIssue } from '@throughline/graphql/problems';
import { today, type Moment } from '@throughline/privacy';

export type GuidanceKind = 'ACCOMPANY' | 'FORMS' | 'TRANSPORT' | 'COACHING';

/** What was done together with a client. Never changed. Source: infra/reference/domain.md 8.4. */
export interface GuidanceActivity {
  id: string;
  clientId: string;
  goalId: string | null;
  kind: GuidanceKind;
  what: string;
  withWhom: string | null;
  minutes: number;
  result: string;
  doneOn: string;
  recordedAt: Date;
  recordedBy: string;
}

export interface GuidanceDraft extends Pick<GuidanceActivity, 'kind' | 'what' | 'minutes' | 'result'> {
  withWhom?: string | null | undefined;
  doneOn?: string | null | undefined;
  goalId?: string | null | undefined;
}

/** What was done is not in the future. */
export function guidanceFaults({ doneOn }: Pick<GuidanceDraft, 'doneOn'>, at: Moment): InputIssue[] {
  if (!doneOn || doneOn <= today(at)) return [];
  return [{ path: 'doneOn', code: 'IN_FUTURE', message: 'This day has not come yet.' }];
}

/** Records guidance; the day is today when left out. */
export function recordGuidance(
  clientId: string,
  { kind, what, minutes, result, withWhom = null, doneOn, goalId = null }: GuidanceDraft,
  by: { id: string; at: Moment },
): Decision<GuidanceActivity, never> {
  const insert: GuidanceActivity = {
    ...{ id: uuidV7(by.at.now), clientId, goalId, kind, what, withWhom, minutes, result },
    ...{ doneOn: doneOn ?? today(by.at), recordedAt: by.at.now, recordedBy: by.id },
  };
  return { insert, facts: [guidanceGiven.of(clientId, by.at.now, { guidanceId: insert.id, clientId })] };
}
