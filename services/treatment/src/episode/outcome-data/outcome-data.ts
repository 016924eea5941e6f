import type { Change } from '@throughline/command/decision';
import { outcomeDataRecorded, uuidV7 } from '@throughline/events';
import { invalidInput, type InputIssue, type InvalidInput } from '@throughline/graphql/problems';
import type { Episode } from '../episode/episode.ts';

export type OutcomeMoment = 'ADMISSION' | 'DISCHARGE';

export interface SubstanceUse {
  substance: string;
  /** PRIMARY, SECONDARY or TERTIARY. */
  rank: string;
  daysUsedPast30: number;
  route: string;
  ageFirstUse?: number | null | undefined;
}

/** What is asked at admission, and what is asked again at discharge. Null: not asked, or no answer. */
export interface OutcomeContent {
  arrestsPast30Days?: number | null | undefined;
  selfHelpPast30Days?: number | null | undefined;
  employment?: string | null | undefined;
  living?: string | null | undefined;
  educationYears?: number | null | undefined;
  legalStatus?: string | null | undefined;
  substances?: readonly SubstanceUse[] | null | undefined;
  medicationForOpioidUse?: boolean | null | undefined;
  maritalStatus?: string | null | undefined;
  monthlyIncome?: number | null | undefined;
  incomeSource?: string | null | undefined;
  pregnantOrPostpartum?: boolean | null | undefined;
  dependents?: number | null | undefined;
  priorSudAdmissions?: number | null | undefined;
  psychiatricHospitalisationPast30Days?: boolean | null | undefined;
  psychiatricEmergencyVisitsPast6Months?: number | null | undefined;
  involuntaryReason?: string | null | undefined;
  accommodations?: string | null | undefined;
}

/** One answer sheet; a later one of the same moment replaces it, and the former is kept. */
export interface OutcomeData {
  id: string;
  episodeId: string;
  clientId: string;
  moment: OutcomeMoment;
  content: OutcomeContent;
  recordedAt: Date;
  recordedBy: string;
}

/** Each substance has a rank of its own, and one is the primary one. Source: infra/reference/domain.md 4.6. */
export function outcomeFaults({ substances }: OutcomeContent): InputIssue[] {
  const ranks = (substances ?? []).map(({ rank }) => rank);
  const faults: InputIssue[] = [];
  if (new Set(ranks).size !== ranks.length)
    faults.push({ path: 'substances', code: 'DUPLICATE', message: 'Each rank is given once.' });
  if (ranks.length > 0 && !ranks.includes('PRIMARY'))
    faults.push({ path: 'substances', code: 'REQUIRED', message: 'Say which substance is the primary one.' });
  return faults;
}

/** Parts of the input that are no answers. */
const notAsked: readonly string[] = ['episodeId', 'idempotencyKey'];

/** Records what was asked at admission or at discharge. Source: infra/reference/domain.md 4.6. */
export function recordOutcomeData(
  { id: episodeId, clientId, admittedAt }: Episode,
  { moment, ...given }: OutcomeContent & { moment: OutcomeMoment },
  { by, now }: { by: string; now: Date },
): Change<OutcomeData, never> | InvalidInput {
  if (moment === 'DISCHARGE' && !admittedAt)
    return invalidInput([
      { path: 'moment', code: 'BEFORE_ADMISSION', message: 'The client was not admitted in this episode.' },
    ]);
  const content = Object.fromEntries(Object.entries(given).filter(([name]) => !notAsked.includes(name)));
  const insert = { id: uuidV7(now), episodeId, clientId, moment, content, recordedAt: now, recordedBy: by };
  return { insert, facts: [outcomeDataRecorded.of(clientId, now, { episodeId, clientId })] };
}

export type OutcomeDirection = 'IMPROVED' | 'SAME' | 'WORSE';

export interface OutcomeChange {
  measure: string;
  baseline: string;
  atDischarge: string;
  direction: OutcomeDirection;
}

const worstFirst = {
  employment: ['NOT_WORKING', 'LOOKING_FOR_WORK', 'PART_TIME', 'FULL_TIME'],
  living: ['NO_HOME', 'TEMPORARY', 'SUPERVISED', 'INDEPENDENT'],
  legalStatus: ['INCARCERATED', 'CHARGED', 'PAROLE_OR_PROBATION', 'NONE'],
} as const;

/**
 * What changed between admission and discharge; a question without both answers, or an answer outside the ladder (for
 * example retired), is left out. Source: infra/reference/domain.md 4.6.
 */
export function changeFromBaseline(admission: OutcomeContent, discharge: OutcomeContent): OutcomeChange[] {
  const days = ({ substances }: OutcomeContent) =>
    substances?.find(({ rank }) => rank === 'PRIMARY')?.daysUsedPast30;
  const sameSubstance = substanceOf(admission) === substanceOf(discharge);
  return [
    number('arrestsPast30Days', admission.arrestsPast30Days, discharge.arrestsPast30Days, 'LESS'),
    number('selfHelpPast30Days', admission.selfHelpPast30Days, discharge.selfHelpPast30Days, 'MORE'),
    number('educationYears', admission.educationYears, discharge.educationYears, 'MORE'),
    ...(sameSubstance ? [number('daysUsedPast30', days(admission), days(discharge), 'LESS')] : []),
    ...(['employment', 'living', 'legalStatus'] as const).map((measure) =>
      ladder(measure, admission[measure], discharge[measure]),
    ),
  ].filter((change) => change !== null);
}

function substanceOf({ substances }: OutcomeContent): string | undefined {
  return substances?.find(({ rank }) => rank === 'PRIMARY')?.substance;
}

type Given<T> = T | null | undefined;

function number(
  measure: string,
  before: Given<number>,
  after: Given<number>,
  better: 'LESS' | 'MORE',
): OutcomeChange | null {
  if (typeof before !== 'number' || typeof after !== 'number') return null;
  const gain = better === 'MORE' ? after - before : before - after;
  return { measure, baseline: String(before), atDischarge: String(after), direction: directionOf(gain) };
}

function ladder(
  measure: keyof typeof worstFirst,
  before: Given<string>,
  after: Given<string>,
): OutcomeChange | null {
  const steps: readonly string[] = worstFirst[measure];
  if (!before || !after || !steps.includes(before) || !steps.includes(after)) return null;
  const direction = directionOf(steps.indexOf(after) - steps.indexOf(before));
  return { measure, baseline: before, atDischarge: after, direction };
}

function directionOf(gain: number): OutcomeDirection {
  if (gain === 0) return 'SAME';
  return gain > 0 ? 'IMPROVED' : 'WORSE';
}
