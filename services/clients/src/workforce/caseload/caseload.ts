/** How intensive the work with a person is; treatment tells it. */
export type RiskTier = 'CRISIS' | 'HIGH' | 'MODERATE' | 'LOW' | 'MONITOR';
export type LoadPhase = 'ASSESSMENT' | 'TRANSITIONING' | 'ACTIVE' | 'AFTERCARE' | 'ON_HOLD';
export type CaseloadBand = 'OK' | 'WARNING' | 'OVER';

/** What makes a case heavier. */
export const loadModifiers = [
  ...(['UNSHELTERED', 'JUSTICE_RELEASE_LT_30D', 'MINOR_WITH_CUSTODY_ISSUE', 'INTERPRETER_NEEDED'] as const),
  ...(['CO_OCCURRING_SMI_SUD', 'PREGNANT', 'RURAL_TRAVEL', 'IPV_SAFETY'] as const),
];
export type LoadModifier = (typeof loadModifiers)[number];

/** What a case weighs by: a number of equal cases at once. */
export interface Load {
  tier: RiskTier;
  /** State of the case. */
  status: string;
  /** How many different modifiers it has. */
  modifiers: number;
  count: number;
}

/** Limits of a full-time case manager by program model, and the share of full-time work. */
export interface Limits {
  points: number;
  heads: number;
  fte: number;
}

export interface Caseload {
  points: number;
  limit: number;
  headCount: number;
  headCountLimit: number;
  band: CaseloadBand;
  byTier: { tier: RiskTier; count: number; points: number }[];
}

/** Source: infra/reference/domain.md 1.4. */
export const tierWeights: Record<RiskTier, number> = {
  CRISIS: 4,
  HIGH: 2.5,
  MODERATE: 1.5,
  LOW: 1,
  MONITOR: 0.5,
};

/** Source: infra/reference/domain.md 1.4. */
export const phaseWeights: Record<LoadPhase, number> = {
  ASSESSMENT: 1.5,
  TRANSITIONING: 1.5,
  ACTIVE: 1,
  AFTERCARE: 0.6,
  ON_HOLD: 0.3,
};

const modifier = { each: 0.25, most: 1 };
const warningFrom = 0.85;

/** The states in which a case weighs other than ACTIVE. */
const phases: Readonly<Record<string, LoadPhase>> = {
  INQUIRY: 'ASSESSMENT',
  SCREENING: 'ASSESSMENT',
  OPEN_ASSESSMENT: 'ASSESSMENT',
  WAITLISTED: 'ON_HOLD',
  ON_HOLD: 'ON_HOLD',
  TRANSITIONING: 'TRANSITIONING',
  AFTERCARE: 'AFTERCARE',
};

export const phaseOf = (status: string): LoadPhase => phases[status] ?? 'ACTIVE';

/** Weight of cases, in points. Source: infra/reference/domain.md 1.4. */
export function pointsOf({ tier, status, modifiers, count }: Load): number {
  const heavier = 1 + Math.min(modifiers * modifier.each, modifier.most);
  return tierWeights[tier] * phaseWeights[phaseOf(status)] * heavier * count;
}

/**
 * Weight, limit and band of a caseload. A limit that is reached counts as passed. The number of heads is limited for
 * full-time and part-time work alike. Source: infra/reference/domain.md 1.4, 8.12.
 */
export function caseloadOf(loads: readonly Load[], limits: Limits): Caseload {
  const points = rounded(sum(loads.map(pointsOf)));
  const headCount = sum(loads.map(({ count }) => count));
  const limit = rounded(limits.points * limits.fte);
  const tiers = Map.groupBy(loads, ({ tier }) => tier);
  const byTier = (Object.keys(tierWeights) as RiskTier[]).flatMap((tier) => {
    const found = tiers.get(tier) ?? [];
    const count = sum(found.map((load) => load.count));
    return count > 0 ? [{ tier, count, points: rounded(sum(found.map(pointsOf))) }] : [];
  });
  const band = bandOf({ points, limit, headCount, headCountLimit: limits.heads });
  return { points, limit, headCount, headCountLimit: limits.heads, band, byTier };
}

/** Below 85 percent OK, below 100 WARNING. More heads than the most are OVER. */
export function bandOf({
  points,
  limit,
  headCount,
  headCountLimit,
}: Omit<Caseload, 'band' | 'byTier'>): CaseloadBand {
  if (points >= limit || headCount > headCountLimit) return 'OVER';
  return points < rounded(limit * warningFrom) ? 'OK' : 'WARNING';
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** Weights have up to four digits; the sum of many must not depend on their order. */
const rounded = (points: number): number => Math.round(points * 10_000) / 10_000;
