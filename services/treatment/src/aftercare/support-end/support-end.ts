import type { Change } from '@throughline/command/decision';
import { supportEnded, uuidV7 } from '@throughline/events';
import {
  invalidInput,
  invalidTransition,
  type InputIssue,
  type InvalidInput,
  type InvalidTransition,
} from '@throughline/graphql/problems';
import { stageOf, type Episode } from '../../episode/episode/episode.ts';
import type { OutcomeChange } from '../../episode/outcome-data/outcome-data.ts';
import type { Goal } from '../../planning/goal/goal.ts';
import type { AftercareSections } from '../aftercare-plan/aftercare-plan.ts';
import type { ReceiverConsent } from '../consent-copy/consent-copy.ts';

/** One line of the evaluation: what it was at the beginning, what it is now, and whether it is met. */
export interface EvaluationRow {
  /** The goal; null for what was asked at admission and at discharge. */
  goalId: string | null;
  /** The goal in the words of the client, or the name of what was asked. */
  what: string;
  baseline: string | null;
  now: string | null;
  unit: string | null;
  met: boolean;
}

/** The end of support: written once, with everything that was told on that day. */
export interface SupportEnd {
  id: string;
  clientId: string;
  episodeId: string;
  endedAt: Date;
  endedBy: string;
  evaluation: readonly EvaluationRow[];
  /** How the client sees it, in the words of the client. */
  clientWords: string;
  callAnytime: { name: string; number: string } | null;
  /** 1 to 5. */
  satisfaction: number | null;
  satisfactionComment: string | null;
  satisfactionDeclined: boolean;
  /** The agency that referred the client and gets a summary; null: nobody does. */
  referrerAgencyId: string | null;
}

export interface SupportEndDraft {
  clientWords: string;
  satisfaction?: number | null | undefined;
  satisfactionComment?: string | null | undefined;
  satisfactionDeclined?: boolean | null | undefined;
  referrerAgencyId?: string | null | undefined;
}

/** What the end of support depends on. */
export interface SupportRecord {
  episode: Episode;
  goals: readonly { goal: Goal; latest: number | null }[];
  outcomes: readonly OutcomeChange[];
  callAnytime: AftercareSections['callAnytime'];
  /** Whether a consent lets the referrer have a summary. */
  referrerConsent: ReceiverConsent;
}

/**
 * Ends the support of a client after treatment: evaluation and summaries in one step. Answers InvalidTransition while the
 * client is in treatment, and InvalidInput for a referrer without a consent. Source: infra/reference/domain.md 4.6.
 */
export function endSupport(
  record: SupportRecord,
  draft: SupportEndDraft,
  { by, now }: { by: string; now: Date },
): Change<SupportEnd, never> | InvalidInput | InvalidTransition {
  const { episode } = record;
  const stage = stageOf(episode.phase);
  if (stage !== 'AFTERCARE' && stage !== 'ENDED') return invalidTransition(episode.phase, 'endSupport', []);
  const faults = faultsOf(record, draft);
  if (faults.length > 0) return invalidInput(faults);
  const { id: episodeId, clientId } = episode;
  const { clientWords, satisfaction = null, referrerAgencyId = null } = draft;
  const insert: SupportEnd = {
    ...{ id: uuidV7(now), clientId, episodeId, endedAt: now, endedBy: by, evaluation: evaluationOf(record) },
    ...{ clientWords: clientWords.trim(), callAnytime: record.callAnytime ?? null, satisfaction },
    ...{ satisfactionComment: draft.satisfactionComment?.trim() ? draft.satisfactionComment.trim() : null },
    ...{ satisfactionDeclined: draft.satisfactionDeclined ?? false, referrerAgencyId },
  };
  return { insert, facts: [supportEnded.of(clientId, now, { supportEndId: insert.id, clientId })] };
}

function faultsOf({ referrerConsent }: SupportRecord, draft: SupportEndDraft): InputIssue[] {
  const { clientWords, satisfaction, satisfactionDeclined, referrerAgencyId } = draft;
  const hasAnswer = typeof satisfaction === 'number';
  const faults: InputIssue[] = [];
  const fault = (path: string, code: string, message: string) => faults.push({ path, code, message });
  if (!clientWords.trim()) fault('clientWords', 'REQUIRED', 'Say how the client sees it.');
  if (!hasAnswer && !satisfactionDeclined)
    fault(
      'satisfaction',
      'REQUIRED',
      'Ask how content the client is, or say that the client did not want to.',
    );
  if (hasAnswer && satisfactionDeclined)
    fault('satisfactionDeclined', 'CONTRADICTION', 'There is an answer.');
  if (referrerAgencyId && referrerConsent === 'MISSING')
    fault(
      'referrerAgencyId',
      'NO_CONSENT',
      'No consent of the client names this agency: record one, or leave it out.',
    );
  return faults;
}

const counted: readonly Goal['lifecycle'][] = ['ACTIVE', 'ON_HOLD', 'COMPLETED'];
const achieved: readonly Goal['achievement'][] = ['ACHIEVED', 'SUSTAINING'];

/** Goals that somebody worked on, then what was asked at admission and at discharge. */
export function evaluationOf({
  goals,
  outcomes,
}: Pick<SupportRecord, 'goals' | 'outcomes'>): EvaluationRow[] {
  const text = (value: number | null) => (value === null ? null : String(value));
  const ofGoals = goals
    .filter(({ goal }) => counted.includes(goal.lifecycle))
    .map(({ goal, latest }): EvaluationRow => {
      const { id: goalId, statementInClientWords, metric, baseline, unit, achievement } = goal;
      const what = statementInClientWords ?? metric ?? '';
      const met = achieved.includes(achievement);
      return { goalId, what, baseline: text(baseline), now: text(latest ?? baseline), unit, met };
    });
  const ofOutcomes = outcomes.map(({ measure, baseline, atDischarge, direction }): EvaluationRow => {
    return {
      goalId: null,
      what: measure,
      baseline,
      now: atDischarge,
      unit: null,
      met: direction === 'IMPROVED',
    };
  });
  return [...ofGoals, ...ofOutcomes];
}

/** What a referrer gets: when it ended and how many goals were met, and no words of the client. */
export function referrerSummaryOf({ endedAt, evaluation }: SupportEnd): {
  endedAt: Date;
  goals: number;
  goalsMet: number;
  improved: number;
} {
  const goals = evaluation.filter(({ goalId }) => goalId !== null);
  const improved = evaluation.filter(({ goalId, met }) => goalId === null && met).length;
  return { endedAt, goals: goals.length, goalsMet: goals.filter(({ met }) => met).length, improved };
}
