import type { Decision } from '@throughline/command/decision';
import { substanceUseRecorded, uuidV7 } from '@throughline/events';
import type { InputIssue } from '@throughline/graphql/problems';
import { addDays, today, type Day, type Moment } from '@throughline/privacy';

/** Substances of the Treatment Episode Data Set. Source: infra/reference/domain.md 4.6. */
export type Substance =
  | 'ALCOHOL'
  | 'CANNABIS'
  | 'COCAINE'
  | 'HEROIN'
  | 'FENTANYL'
  | 'METHADONE_NOT_PRESCRIBED'
  | 'OTHER_OPIOID'
  | 'METHAMPHETAMINE'
  | 'OTHER_STIMULANT'
  | 'BENZODIAZEPINE'
  | 'OTHER_SEDATIVE'
  | 'HALLUCINOGEN'
  | 'PCP'
  | 'INHALANT'
  | 'TOBACCO'
  | 'OVER_THE_COUNTER'
  | 'OTHER'
  | 'UNKNOWN_SOURCE';
export type UseFrequency =
  'NONE_PAST_MONTH' | 'UP_TO_3_A_MONTH' | 'UP_TO_2_A_WEEK' | 'UP_TO_6_A_WEEK' | 'DAILY' | 'UNKNOWN';

/** Use of a substance as it was told on a day. Never changed: what is told later is a new entry. */
export interface SubstanceUse {
  id: string;
  clientId: string;
  substance: Substance;
  /** In the words of the client, for example a brand or a street name. */
  named: string | null;
  rank: string | null;
  route: string;
  frequency: UseFrequency;
  ageFirstUse: number | null;
  lastUsedOn: Day | null;
  recordedAt: Date;
  recordedBy: string;
}

export interface SubstanceDraft extends Pick<SubstanceUse, 'substance' | 'route' | 'frequency'> {
  named?: string | null | undefined;
  rank?: string | null | undefined;
  ageFirstUse?: number | null | undefined;
  lastUsedOn?: Day | null | undefined;
}

const MONTH_DAYS = 30;
const opioids: readonly Substance[] = ['HEROIN', 'FENTANYL', 'METHADONE_NOT_PRESCRIBED', 'OTHER_OPIOID'];

/** Faults of an entry: a day to come, and a last use that the frequency contradicts. */
export function substanceFaults({ lastUsedOn, frequency }: SubstanceDraft, at: Moment): InputIssue[] {
  if (!lastUsedOn) return [];
  const day = today(at);
  const isRecent = lastUsedOn > addDays(day, -MONTH_DAYS);
  if (lastUsedOn > day) return [fault('IN_FUTURE', 'This day has not come yet.')];
  if (frequency === 'NONE_PAST_MONTH' && isRecent)
    return [fault('CONTRADICTS', 'This day is within the past 30 days, and the frequency says none.')];
  if (!['NONE_PAST_MONTH', 'UNKNOWN'].includes(frequency) && !isRecent)
    return [
      fault('CONTRADICTS', 'This day is more than 30 days ago, and the frequency is of the past 30 days.'),
    ];
  return [];
}

/** Records use of a substance. */
export function recordSubstanceUse(
  clientId: string,
  draft: SubstanceDraft,
  by: { id: string; now: Date },
): Decision<SubstanceUse, never> {
  const { substance, route, frequency, named = null, rank = null, ageFirstUse = null } = draft;
  const insert: SubstanceUse = {
    ...{ id: uuidV7(by.now), clientId, substance, named, rank, route, frequency, ageFirstUse },
    ...{ lastUsedOn: draft.lastUsedOn ?? null, recordedAt: by.now, recordedBy: by.id },
  };
  const about = { substanceUseId: insert.id, clientId };
  return { insert, facts: [substanceUseRecorded.of(clientId, by.now, about)] };
}

/** Whether naloxone is to be offered: opioids, or a substance of unknown source, within 30 days. Source: infra/reference/domain.md 4.3. */
export function asksForNaloxone({ substance, frequency, lastUsedOn }: SubstanceUse, at: Moment): boolean {
  const isRisky = opioids.includes(substance) || substance === 'UNKNOWN_SOURCE';
  const isRecent = lastUsedOn !== null && lastUsedOn > addDays(today(at), -MONTH_DAYS);
  return isRisky && (isRecent || !['NONE_PAST_MONTH', 'UNKNOWN'].includes(frequency));
}

const ranks: readonly (string | null)[] = ['PRIMARY', 'SECONDARY', 'TERTIARY', null];

/** The latest entry of each substance, the primary one first. `entries` are the newest first. */
export function latestOf(entries: readonly SubstanceUse[]): SubstanceUse[] {
  const latest = new Map<string, SubstanceUse>();
  for (const entry of entries) if (!latest.has(entry.substance)) latest.set(entry.substance, entry);
  return [...latest.values()].toSorted((a, b) => ranks.indexOf(a.rank) - ranks.indexOf(b.rank));
}

function fault(code: string, message: string): InputIssue {
  return { path: 'lastUsedOn', code, message };
}
