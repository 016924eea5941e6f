/** What may satisfy an obligation: care for mental health, for substance use, or any service. */
export type Serves = 'MENTAL_HEALTH' | 'SUBSTANCE_USE' | 'ANY';

interface Rule {
  /** First day of the window, counted from the day of the event: 0 is that day. */
  opensAfter: 0 | 1;
  /** Last day of the window; a window of hours is counted by the clock. */
  within: { days: number } | { hours: number };
  required: number;
  serves: Serves;
  /** Whether a conversation with staff counts as a service. */
  byContact: boolean;
  /** Whether an admission counts as a service. */
  byStay: boolean;
  /** A stay with a bed in the days after the event takes the event out of the count. */
  excludedByStay: { days: number } | null;
  youngest: number;
}

const month = { days: 30 };
const mental = { required: 1, serves: 'MENTAL_HEALTH', byContact: true, byStay: false } as const;
const substance = { required: 1, serves: 'SUBSTANCE_USE', byContact: true, byStay: false } as const;
const fuh = { ...mental, opensAfter: 1, excludedByStay: month, youngest: 6 } as const;
const fum = { ...mental, opensAfter: 0, excludedByStay: month, youngest: 6 } as const;
const fua = { ...substance, opensAfter: 0, excludedByStay: month, youngest: 13 } as const;
const iet = { ...substance, byContact: false, excludedByStay: null, youngest: 13 } as const;
const any = { required: 1, serves: 'ANY', byContact: true, youngest: 0 } as const;

/** Windows in calendar days of the program. Source: infra/reference/domain.md 5.1, 5.3. */
export const rules = {
  FUH_7: { ...fuh, within: { days: 7 } },
  FUH_30: { ...fuh, within: { days: 30 } },
  FUM_7: { ...fum, within: { days: 7 } },
  FUM_30: { ...fum, within: { days: 30 } },
  FUA_7: { ...fua, within: { days: 7 } },
  FUA_30: { ...fua, within: { days: 30 } },
  IET_INITIATION: { ...iet, opensAfter: 0, within: { days: 13 }, byStay: true },
  IET_ENGAGEMENT: { ...iet, opensAfter: 1, within: { days: 34 }, required: 2 },
  RELEASE_7: { ...any, opensAfter: 0, within: { days: 7 }, byStay: false, excludedByStay: null },
  AGAINST_ADVICE_24H: { ...any, opensAfter: 0, within: { hours: 24 }, byStay: true, excludedByStay: null },
} as const satisfies Record<string, Rule>;

export type ObligationKind = keyof typeof rules;
export const ruleOf = (kind: ObligationKind): Rule => rules[kind];

const aligned = (name: string) => `${name}-aligned indicator (not an NCQA-certified HEDIS rate)`;

/** How an obligation is called wherever people see it. Source: infra/reference/domain.md 4.2. */
export function labelOf(kind: ObligationKind): string {
  if (kind === 'RELEASE_7') return 'Appointment within 7 days after release from custody';
  if (kind === 'AGAINST_ADVICE_24H') return 'Contact within 24 hours after leaving against advice';
  return aligned(kind.split('_')[0] ?? kind);
}
