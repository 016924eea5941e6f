import { addDays } from '@throughline/privacy';
import type { ClinicalPlan } from './plan.ts';
import { turn } from './seeded.ts';

const substances = [
  { substance: 'ALCOHOL', code: 'F10.20', route: 'ORAL', frequency: 'UP_TO_6_A_WEEK' },
  { substance: 'FENTANYL', code: 'F11.20', route: 'INJECTION', frequency: 'NONE_PAST_MONTH' },
  { substance: 'METHAMPHETAMINE', code: 'F15.20', route: 'SMOKING', frequency: 'UP_TO_2_A_WEEK' },
] as const;
const moods = [
  { code: 'F33.1', medication: 'Sertraline 50 mg' },
  { code: 'F41.1', medication: 'Buspirone 10 mg' },
  { code: 'F43.10', medication: 'Prazosin 2 mg' },
] as const;
const letters = ['Letter of the hospital', 'Letter of the primary care clinic', 'Told by the client'];

/** Clinical records of the `number`th episode of all; every third has them. With opioids there is buprenorphine, with a gap of some days. */
export function planClinical(kind: string, number: number, today: string): ClinicalPlan | null {
  if (number % 3 !== 0) return null;
  const place = number / 3;
  const used = kind === 'MH' ? null : turn(substances, place);
  const mood = kind === 'SUD' ? null : turn(moods, place);
  const reportedFrom = turn(letters, place);
  const codes = [used?.code, mood?.code].filter((code) => code !== undefined);
  return {
    diagnoses: codes.map((code) => ({ code, basis: 'REPORTED', reportedFrom })),
    substances: used ? [useOf(used, place, today)] : [],
    medications: [
      ...(mood
        ? [{ name: mood.medication, purpose: 'MENTAL_HEALTH', startedOn: addDays(today, -120), supplies: [] }]
        : []),
      ...(used?.substance === 'FENTANYL' ? [buprenorphine(today)] : []),
    ],
    supports: [
      { item: 'PHONE', state: 'IN_PLACE' },
      { item: 'TRANSPORT', state: 'IN_PROGRESS', nextStep: 'Apply for a bus pass together' },
      { item: 'PEER_SUPPORT', state: turn(['NEEDED', 'IN_PLACE', 'NOT_WANTED'], place) },
    ],
  };
}

function useOf(
  { substance, route, frequency }: (typeof substances)[number],
  place: number,
  today: string,
): Record<string, unknown> {
  const daysAgo = frequency === 'NONE_PAST_MONTH' ? 100 + place : 1 + (place % 5);
  const last = { lastUsedOn: addDays(today, -daysAgo), ageFirstUse: 14 + (place % 12) };
  return { substance, route, frequency, rank: 'PRIMARY', ...last };
}

function buprenorphine(today: string): ClinicalPlan['medications'][number] {
  const supply = (daysAgo: number, days: number) => ({ suppliedOn: addDays(today, -daysAgo), days });
  return {
    ...{ name: 'Buprenorphine/naloxone 8 mg film', purpose: 'OPIOID_USE_DISORDER' },
    startedOn: addDays(today, -95),
    supplies: [supply(95, 28), supply(67, 28), supply(34, 28), supply(6, 28)],
  };
}
