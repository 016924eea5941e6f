import { daysAfter, type Driver, type DriverSource } from '../risk/drivers.ts';
import { findLatest } from './find-screenings.ts';
import type { Screening } from './screening.ts';

/** A result counts for so many days; opioid use raises the risk of an overdose for 30 days. */
const COUNTS_DAYS = 180;
const OPIOID_DAYS = 30;

const byBand: Record<string, Record<string, string>> = {
  'C-SSRS': { HIGH: 'C_SSRS_HIGH', MODERATE: 'C_SSRS_MODERATE', LOW: 'C_SSRS_LOW' },
  'PHQ-9': depression(),
  'PHQ-A': depression(),
  'GAD-7': { MODERATE: 'ANXIETY_MODERATE', SEVERE: 'ANXIETY_SEVERE' },
  AUDIT: { POSSIBLE_DEPENDENCE: 'ALCOHOL_DEPENDENCE' },
  'DAST-10': { SUBSTANTIAL: 'DRUGS_SUBSTANTIAL', SEVERE: 'DRUGS_SUBSTANTIAL' },
};

function depression(): Record<string, string> {
  return {
    MODERATE: 'DEPRESSION_MODERATE',
    MODERATELY_SEVERE: 'DEPRESSION_MODERATE',
    SEVERE: 'DEPRESSION_SEVERE',
  };
}

/** The latest screening of each tool says what drives the tier. Source: infra/reference/domain.md 4.6. */
export const screeningDrivers: DriverSource = async (tx, clientId, { now }) => {
  const latest = await findLatest(tx, clientId, [...Object.keys(byBand), 'AHC-HRSN']);
  return latest.flatMap(driversOf).filter(({ until }) => until === null || until > now);
};

export function driversOf(screening: Screening): Driver[] {
  const { id: sourceId, instrument, band, answers, recordedAt } = screening;
  const driver = (code: string, days = COUNTS_DAYS): Driver => {
    return { code, sourceType: 'Screening', sourceId, until: daysAfter(recordedAt, days) };
  };
  const has = (item: number, values: readonly number[]) =>
    answers.some((answer) => answer.item === item && values.includes(answer.value));
  const named = band === null ? undefined : byBand[instrument]?.[band];
  const opioids = instrument === 'DAST-10' && has(11, [4, 9]);
  const social = instrument === 'AHC-HRSN';
  const positive = screening.subscores.some((one) => one.positive === true && one.code !== 'SAFETY');
  return [
    ...(named ? [driver(named)] : []),
    ...(opioids ? [driver('OPIOID_USE', OPIOID_DAYS)] : []),
    ...(social && has(1, [2]) ? [driver('UNSHELTERED')] : []),
    ...(social && positive && !has(1, [2]) ? [driver('SOCIAL_NEEDS')] : []),
  ];
}
