import { credentialExpired, credentialExpiring, type Fact } from '@throughline/events';
import { addDays, startOfDay, type Day, type Moment } from '@throughline/privacy';
import type { Credential, CredentialType } from './credential.ts';

/** Days before the last day on which its holder is warned; 0 is the last day itself. */
const warnings = [180, 90, 60, 30, 7, 0];

/** A step of the ladder: a warning so many days before the end, or news that the last day or the grace is over. */
export interface Step {
  /** The first moment of this day of the program. */
  on: Day;
  daysLeft: number;
}

/**
 * Every step of a verified credential, in order: 180, 90, 60, 30, 7 and 0 days before the end, the day after it, and the
 * day after the grace. Source: infra/reference/domain.md 1.3, 6.2.
 */
export function stepsOf(
  { status, expiresOn }: Pick<Credential, 'status' | 'expiresOn'>,
  { graceDays }: Pick<CredentialType, 'graceDays'>,
): Step[] {
  if (status !== 'VERIFIED' || expiresOn === null) return [];
  const after = graceDays > 0 ? [-1, -graceDays - 1] : [-1];
  return [...warnings, ...after].map((daysLeft) => ({ on: addDays(expiresOn, -daysLeft), daysLeft }));
}

/**
 * The next step that lies ahead, and its moment; null: none. `told` is the step that was told just now: where later ones
 * have passed meanwhile, because the service was down, the last of them comes next, and those before it are left out.
 */
export function nextStep(
  steps: readonly Step[],
  { now, timeZone }: Moment,
  told: Step | null = null,
): (Step & { at: Date }) | null {
  const timed = steps.map((step) => ({ ...step, at: startOfDay(step.on, timeZone) }));
  const passed = timed.filter(({ at, daysLeft }) => told !== null && daysLeft < told.daysLeft && at <= now);
  return passed.at(-1) ?? timed.find(({ at }) => at > now) ?? null;
}

/** The fact of a step. */
export function factOf({ id, staffId }: Credential, { daysLeft }: Step, graceDays: number, now: Date): Fact {
  const named = { staffId, credentialId: id };
  if (daysLeft >= 0) return credentialExpiring.of(staffId, now, { ...named, daysLeft });
  return credentialExpired.of(staffId, now, { ...named, inGrace: -daysLeft <= graceDays });
}
