import type { Decision } from '@throughline/command/decision';
import { riskLoweringRefused, riskTierChanged, type Fact } from '@throughline/events';
import {
  forbidden,
  invalidInput,
  invalidTransition,
  issueAt,
  type InputIssue,
  type Problem,
} from '@throughline/graphql/problems';
import { addDays, today, type Day, type Moment } from '@throughline/privacy';
import { driverRules, type Driver } from './drivers.ts';

/** From the least to the most urgent. */
export const tiers = ['MONITOR', 'LOW', 'MODERATE', 'HIGH', 'CRISIS'] as const;
export type RiskTier = (typeof tiers)[number];

/** A tier that a person set. */
export interface Override {
  tier: RiskTier;
  reason: string;
  by: string;
  at: Date;
  /** The supervisor who approved a lower tier that somebody else asked for. */
  approvedBy: string | null;
}

/** A lower tier that waits for a supervisor. */
export type ProposedOverride = Omit<Override, 'approvedBy'>;

/** A driver with its points. */
export type CountedDriver = Driver & { points: number };

/** How much support a client needs now, and why. One row a client. */
export interface Risk {
  id: string;
  clientId: string;
  /** The tier that counts. */
  tier: RiskTier;
  /** The tier that the drivers make. */
  computedTier: RiskTier;
  points: number;
  drivers: CountedDriver[];
  override: Override | null;
  /** Drivers that were known when the tier was lowered: a new one ends it. */
  overrideDrivers: string[];
  proposed: ProposedOverride | null;
  reviewDueOn: Day | null;
  computedAt: Date;
  version: number;
}

/** Points from which a tier begins. CRISIS begins with a driver that is a crisis. Source: infra/reference/domain.md 4.6. */
const HIGH_FROM = 40;
const MODERATE_FROM = 15;
/** Days after which a tier that a person set is looked at again. */
const REVIEW_DAYS = 30;

/** The tier that drivers make, with the points of each. Source: infra/reference/domain.md 4.6. */
export function tierOf(drivers: readonly Driver[]): Pick<Risk, 'computedTier' | 'points' | 'drivers'> {
  const counted = drivers
    .map((driver) => ({ ...driver, points: ruleOf(driver).points }))
    .toSorted((a, b) => b.points - a.points || (a.code < b.code ? -1 : 1));
  const points = counted.reduce((sum, driver) => sum + driver.points, 0);
  return { computedTier: nameOf(counted, points), points, drivers: counted };
}

function ruleOf({ code }: Driver) {
  const rule = driverRules.get(code);
  if (!rule) throw new Error(`The driver ${code} has no points`);
  return rule;
}

function nameOf(drivers: readonly Driver[], points: number): RiskTier {
  const rules = drivers.map(ruleOf);
  if (rules.some(({ isCrisis }) => isCrisis)) return 'CRISIS';
  if (points >= HIGH_FROM) return 'HIGH';
  if (points >= MODERATE_FROM) return 'MODERATE';
  return points === 0 && rules.some(({ isAftercare }) => isAftercare) ? 'MONITOR' : 'LOW';
}

/** Whether `tier` needs less support than `other`. */
export function isBelow(tier: RiskTier, other: RiskTier): boolean {
  return tiers.indexOf(tier) < tiers.indexOf(other);
}

const nameOfDriver = ({ code, sourceId }: Driver) => `${code}/${sourceId}`;

/**
 * The row with the drivers of now. A higher tier that a person set stays until somebody takes it back; a lower one ends
 * with the first new driver. Source: infra/reference/domain.md 4.6.
 */
export function recompute(risk: Risk, drivers: readonly Driver[], now: Date): Risk {
  const computed = tierOf(drivers);
  const { override, overrideDrivers } = risk;
  const isNew = computed.drivers.some(
    (driver) => driver.points > 0 && !overrideDrivers.includes(nameOfDriver(driver)),
  );
  const holds = override !== null && (!isBelow(override.tier, computed.computedTier) || !isNew);
  return {
    ...{ ...risk, ...computed, computedAt: now },
    ...{ tier: holds ? override.tier : computed.computedTier, override: holds ? override : null },
    overrideDrivers: holds ? overrideDrivers : [],
    reviewDueOn: holds ? risk.reviewDueOn : null,
  };
}

/** A fact when the tier is another one than before; the first tier is a change. */
export function tierFacts(before: RiskTier | null, { clientId, tier }: Risk, now: Date): Fact[] {
  return before === tier ? [] : [riskTierChanged.of(clientId, now, { clientId, tier })];
}

/** Who sets a tier, and whether this person decides alone about a lower one. */
export interface SetBy {
  viewerId: string;
  /** A supervisor who is not the case manager of this client. */
  decidesAlone: boolean;
  at: Moment;
}

/**
 * A person sets the tier: upwards at once, downwards as a supervisor or as a proposal that a supervisor decides. The
 * tier of the drivers takes an earlier setting back. Not below CRISIS while a crisis is open.
 * Source: infra/reference/domain.md 4.6.
 */
export function setTier(
  risk: Risk,
  { tier, reason }: Pick<Override, 'tier' | 'reason'>,
  { viewerId, decidesAlone, at }: SetBy,
): Risk | Problem {
  const faults: InputIssue[] = [];
  if (tier === risk.tier) faults.push(issueAt('tier', 'SAME', 'The client has this tier already.'));
  if (isBelow(tier, risk.tier) && risk.drivers.some(({ code }) => code === 'OPEN_CRISIS'))
    faults.push(issueAt('tier', 'CRISIS_OPEN', 'End the crisis first.'));
  if (faults.length > 0) return invalidInput(faults);

  const wish = { tier, reason, by: viewerId, at: at.now };
  if (isBelow(tier, risk.tier) && !decidesAlone) return { ...risk, proposed: wish };
  return withOverride(risk, { ...wish, approvedBy: null }, at);
}

function withOverride(risk: Risk, override: Override, at: Moment): Risk {
  if (override.tier === risk.computedTier)
    return {
      ...risk,
      tier: override.tier,
      override: null,
      overrideDrivers: [],
      proposed: null,
      reviewDueOn: null,
    };
  return {
    ...{ ...risk, tier: override.tier, override, proposed: null },
    overrideDrivers: risk.drivers.map(nameOfDriver),
    reviewDueOn: addDays(today(at), REVIEW_DAYS),
  };
}

/** A supervisor decides about a lower tier that somebody else asked for. Nobody decides about their own proposal. */
export function decideProposal(
  risk: Risk,
  approve: boolean,
  viewerId: string,
  at: Moment,
): Decision<never, Risk> {
  const { proposed } = risk;
  if (!proposed) return invalidTransition('NOT_PROPOSED', 'decideRiskTier', ['setRiskTier']);
  if (proposed.by === viewerId)
    return forbidden('Nobody decides about their own proposal: ask another supervisor.');
  if (!approve)
    return {
      update: { ...risk, proposed: null },
      facts: [riskLoweringRefused.of(risk.clientId, at.now, { clientId: risk.clientId })],
    };
  if (isBelow(proposed.tier, risk.tier) && risk.drivers.some(({ code }) => code === 'OPEN_CRISIS'))
    return invalidInput([issueAt('approve', 'CRISIS_OPEN', 'End the crisis first.')]);
  const update = withOverride(risk, { ...proposed, approvedBy: viewerId }, at);
  return { update, facts: tierFacts(risk.tier, update, at.now) };
}
