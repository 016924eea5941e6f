/** Highest points of each part; together 100. Source: infra/reference/domain.md 2.12. */
export const weights = {
  CAPACITY: 25,
  DISTANCE: 15,
  ELIGIBILITY: 15,
  PREFERENCE: 20,
  PAST_SUCCESS: 10,
  WAIT: 10,
  LANGUAGE_STAFF: 5,
} as const;

export type MatchPartCode = keyof typeof weights;
