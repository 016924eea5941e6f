import { addYears, yearsBetween, type Day } from './day.ts';

/**
 * Age groups, in whole years. Other services get the group of a client and never the date of birth. Each age limit of
 * an instrument is the border of a group, so the group alone decides about an instrument. AGE_0_12 stands only for a
 * child whose date of birth is not known.
 * Source: infra/reference/domain.md 4.1
 */
const limits = {
  AGE_0_5: [0, 5],
  AGE_6_10: [6, 10],
  AGE_11: [11, 11],
  AGE_12: [12, 12],
  AGE_13_17: [13, 17],
  AGE_18_64: [18, 64],
  AGE_65_PLUS: [65, Infinity],
  AGE_0_12: [0, 12],
} as const;

/** One age group. */
export type AgeGroup = keyof typeof limits;

/** All age groups. */
export const ageGroups = Object.keys(limits) as AgeGroup[];

/** Youngest and oldest possible age in completed years; both are below zero before birth. */
export interface Ages {
  youngest: number;
  oldest: number;
}

/** The group in which a person is on a day. */
export function ageGroupOn(dateOfBirth: Day, day: Day): AgeGroup {
  const age = yearsBetween(dateOfBirth, day);
  return ageGroups.find((group) => age <= limits[group][1]) ?? 'AGE_65_PLUS';
}

/** The next group after a day, and the birthday on which it begins; null when no other group follows. */
export function nextAgeGroup(dateOfBirth: Day, day: Day): { ageGroup: AgeGroup; from: Day } | null {
  const oldest = limits[ageGroupOn(dateOfBirth, day)][1];
  if (oldest === Infinity) return null;
  const from = addYears(dateOfBirth, oldest + 1);
  return { ageGroup: ageGroupOn(dateOfBirth, from), from };
}

/**
 * The ages that a person can have had on `day`, when the group is known of the day `known`. An earlier day takes off
 * the years between, and up to one year more, because nobody tells the birthday.
 */
export function agesOn(day: Day, ageGroup: AgeGroup, known: Day): Ages {
  const [youngest, oldest] = limits[ageGroup];
  if (day >= known) return { youngest, oldest };
  const years = yearsBetween(day, known);
  return { youngest: youngest - years - 1, oldest: oldest - years };
}
