import type { Decision } from '@throughline/command/decision';
import { locAssessmentSigned, uuidV7 } from '@throughline/events';
import { invalidInput, invalidTransition, issueAt, type InputIssue } from '@throughline/graphql/problems';
import { isBlank } from '@throughline/graphql/text';
import { today, type Day, type Moment } from '@throughline/privacy';
import { outOfScope } from '../scope/scope.ts';
import { findEdition, isLevel, type AsamEdition } from './edition.ts';

/** What is written about one dimension. Severity is 0 (none) to 4 (very severe). */
export interface Rating {
  dimension: number;
  severity: number | null;
  narrative: string | null;
}

export type Discrepancy =
  | 'NOT_AVAILABLE'
  | 'WAITING_LIST'
  | 'CLIENT_CHOICE'
  | 'CLINICAL_JUDGEMENT'
  | 'PAYER'
  | 'COURT_ORDER'
  | 'DISTANCE'
  | 'FAMILY_DUTIES'
  | 'OTHER';

/** Which level of care a client needs, by ASAM. Signed, it never changes: a correction is another one. Source: infra/reference/domain.md 4.5. */
export interface LocAssessment {
  id: string;
  clientId: string;
  edition: number;
  ratings: Rating[];
  recommended: string | null;
  /** The level that the client gets; null: none yet. */
  actual: string | null;
  coOccurringEnhanced: boolean;
  discrepancy: Discrepancy | null;
  discrepancyNote: string | null;
  assessedOn: Day;
  recordedAt: Date;
  recordedBy: string;
  signedAt: Date | null;
  signedBy: string | null;
  /** Type of the credential because of which it could be signed. */
  credential: string | null;
  supersedes: string | null;
  version: number;
}

type Given<T> = T | null | undefined;

export interface LocContent {
  edition: number;
  ratings: readonly { dimension: number; severity?: Given<number>; narrative?: Given<string> }[];
  recommended?: Given<string>;
  actual?: Given<string>;
  coOccurringEnhanced?: Given<boolean>;
  discrepancy?: Given<Discrepancy>;
  discrepancyNote?: Given<string>;
  assessedOn?: Given<Day>;
}

/** Faults of what is written; what is only missing is no fault of a draft. Source: infra/reference/domain.md 4.5. */
export function contentFaults(content: LocContent, at: Moment): InputIssue[] {
  const { edition: number, assessedOn } = content;
  const edition = findEdition(number);
  if (!edition) return [issueAt('edition', 'UNKNOWN', 'Known editions of the ASAM Criteria are 3 and 4.')];
  const faults = [...ratingFaults(content, edition), ...levelFaults(content, number)];
  if (assessedOn && assessedOn > today(at))
    faults.push(issueAt('assessedOn', 'IN_FUTURE', 'This day has not come yet.'));
  return faults;
}

function ratingFaults({ ratings }: LocContent, { dimensions }: AsamEdition): InputIssue[] {
  return ratings.flatMap(({ dimension: number, severity }, at) => {
    const dimension = dimensions.find((one) => one.number === number);
    const place = `ratings.${String(at)}`;
    if (!dimension) return [issueAt(`${place}.dimension`, 'UNKNOWN', 'Dimensions are 1 to 6.')];
    if (ratings.findIndex((one) => one.dimension === number) < at)
      return [issueAt(`${place}.dimension`, 'DUPLICATE', 'Each dimension is rated once.')];
    if (!dimension.isRated && typeof severity === 'number')
      return [
        issueAt(`${place}.severity`, 'NOT_RATED', `${dimension.name} has no severity: write about it.`),
      ];
    return [];
  });
}

function levelFaults({ recommended, actual }: LocContent, edition: number): InputIssue[] {
  const unknown = 'This edition of the ASAM Criteria has no such level.';
  return [
    ...(recommended && !isLevel(recommended, edition) ? [issueAt('recommended', 'UNKNOWN', unknown)] : []),
    ...(actual && !isLevel(actual, edition) ? [issueAt('actual', 'UNKNOWN', unknown)] : []),
  ];
}

function contentOf(content: LocContent, at: Moment) {
  const { edition, recommended = null, actual = null, discrepancy = null, discrepancyNote = null } = content;
  const ratings = content.ratings.map(({ dimension, severity = null, narrative = null }) => {
    return { dimension, severity, narrative };
  });
  return {
    ...{ edition, ratings: ratings.toSorted((a, b) => a.dimension - b.dimension), recommended, actual },
    ...{ discrepancy, discrepancyNote, coOccurringEnhanced: content.coOccurringEnhanced ?? false },
    assessedOn: content.assessedOn ?? today(at),
  };
}

/**
 * Begins an assessment as a draft. A correction names the signed one that it takes the place of, which counts until the
 * correction is signed. Answers InvalidTransition when that one is no signed one, or is corrected already.
 */
export function draftAssessment(
  clientId: string,
  content: LocContent,
  { corrected, by }: { corrected: LocAssessment | null; by: { id: string; at: Moment } },
): Decision<LocAssessment, never> {
  if (corrected && !corrected.signedAt)
    return invalidTransition('DRAFT', 'recordLocAssessment', ['updateLocAssessment']);
  const { id: recordedBy, at } = by;
  const insert: LocAssessment = {
    ...{ id: uuidV7(at.now), clientId, ...contentOf(content, at), recordedAt: at.now, recordedBy },
    ...{ signedAt: null, signedBy: null, credential: null, supersedes: corrected?.id ?? null, version: 1 },
  };
  return { insert };
}

/** Writes a draft again. A signed one does not change. */
export function updateAssessment(
  assessment: LocAssessment,
  content: LocContent,
  at: Moment,
): Decision<never, LocAssessment> {
  if (assessment.signedAt) return invalidTransition('SIGNED', 'updateLocAssessment', []);
  return { update: { ...assessment, ...contentOf(content, at) } };
}

/**
 * Signs an assessment, once: every dimension that has a severity is rated, a level is recommended, and another actual
 * level has its reason. Takes a licence that permits it, else Forbidden. Source: infra/reference/domain.md 1.5, 4.5.
 */
export function signAssessment(
  assessment: LocAssessment,
  by: { id: string; licence: string | null },
  now: Date,
): Decision<never, LocAssessment> {
  const { id: locAssessmentId, clientId } = assessment;
  if (assessment.signedAt) return invalidTransition('SIGNED', 'signLocAssessment', []);
  if (!by.licence) return outOfScope('SIGN_LEVEL_OF_CARE');
  const faults = missing(assessment);
  if (faults.length > 0) return invalidInput(faults);
  return {
    update: { ...assessment, signedAt: now, signedBy: by.id, credential: by.licence },
    facts: [locAssessmentSigned.of(clientId, now, { locAssessmentId, clientId })],
  };
}

/** What an assessment lacks before it can be signed. */
export function missing({ edition: number, ratings, ...row }: LocAssessment): InputIssue[] {
  const rated = findEdition(number)?.dimensions.filter(({ isRated }) => isRated) ?? [];
  const unrated = rated.filter(
    ({ number: dimension }) => !ratings.some((one) => one.dimension === dimension && one.severity !== null),
  );
  const faults = unrated.map(({ number: dimension, name }) =>
    issueAt('ratings', 'REQUIRED', `Rate dimension ${String(dimension)}: ${name}.`),
  );
  if (!row.recommended) faults.push(issueAt('recommended', 'REQUIRED', 'Say which level is recommended.'));
  if (differs(row) && !row.discrepancy)
    faults.push(issueAt('discrepancy', 'REQUIRED', 'Say why the actual level is not the recommended one.'));
  if (row.discrepancy === 'OTHER' && isBlank(row.discrepancyNote ?? ''))
    faults.push(issueAt('discrepancyNote', 'REQUIRED', 'Say what the reason is.'));
  return faults;
}

/** Whether the client gets another level than the recommended one. */
export function differs({ recommended, actual }: Pick<LocAssessment, 'recommended' | 'actual'>): boolean {
  return actual !== null && recommended !== null && actual !== recommended;
}

/** The signed assessment that counts at a moment: the last one signed before it that no signed one corrects. */
export function inForceAt(assessments: readonly LocAssessment[], moment: Date): LocAssessment | null {
  const signed = assessments.filter(({ signedAt }) => signedAt !== null && signedAt <= moment);
  const corrected = new Set(signed.map(({ supersedes }) => supersedes));
  const counting = signed.filter(({ id }) => !corrected.has(id));
  return counting.toSorted((a, b) => Number(b.signedAt) - Number(a.signedAt))[0] ?? null;
}
