import { carePlanActivated, carePlanAgreed, uuidV7, type Fact } from '@throughline/events';
import type { InputIssue, Problem } from '@throughline/graphql/problems';
import { isBlank } from '@throughline/graphql/text';
import { addDays, dayIsOver, today, type Moment } from '@throughline/privacy';
import { notReady, refusalOf, reviewAfterDays, type By, type CarePlan } from './care-plan.ts';
import { hashOf } from './content.ts';
import type { PlanState, PlanVersion } from './plan-version.ts';

/** The plan is not what the client was shown. */
export interface CarePlanChanged extends Problem {
  kind: 'CarePlanChanged';
  contentHash: string;
}

/** The answer of the client to the content that has this hash. */
export interface Agreement {
  contentHash: string;
  clientAgreed: boolean;
  declineReason?: string | null | undefined;
  effectiveFrom?: string | null | undefined;
}

/** A reason is required when the client did not agree, and refused otherwise. A version does not begin in the past. */
export function agreementFaults(
  { clientAgreed, declineReason, effectiveFrom }: Omit<Agreement, 'contentHash'>,
  at: Moment,
): InputIssue[] {
  const hasReason = !isBlank(declineReason ?? '');
  const faults: InputIssue[] = [];
  if (clientAgreed && hasReason)
    faults.push({
      ...{ path: 'declineReason', code: 'CONTRADICTION' },
      message: 'The client agreed: leave the reason out.',
    });
  if (!clientAgreed && !hasReason)
    faults.push({
      ...{ path: 'declineReason', code: 'MISSING' },
      message: 'Say why the client did not agree.',
    });
  if (effectiveFrom && dayIsOver(effectiveFrom, at))
    faults.push({ path: 'effectiveFrom', code: 'IN_PAST', message: 'This day is over; choose a later one.' });
  return faults;
}

/** The plan, and the version that belongs to it. */
export interface Agreed {
  plan: CarePlan;
  planVersion: PlanVersion | null;
}

/**
 * Puts a draft into force, with the answer of the client to exactly this content. Answers CarePlanChanged when the
 * content is another one by now, CarePlanNotReady without an active goal. Source: infra/reference/domain.md 4.6.
 */
export function activateCarePlan(
  plan: CarePlan,
  agreement: Agreement,
  { state, by }: { state: PlanState; by: By },
): (Agreed & { planVersion: PlanVersion }) | Problem {
  const refused = refusalOf(plan, 'activateCarePlan') ?? changedOf(agreement, state);
  if (refused) return refused;
  if (!state.hasActiveGoal) return notReady('NO_ACTIVE_GOAL');
  const { clientAgreed, declineReason = null } = agreement;
  return {
    plan: {
      ...plan,
      ...{ status: 'ACTIVE', activatedAt: by.at.now, reviewCause: 'SCHEDULED', clientAgreed, declineReason },
      reviewOn: addDays(today(by.at), reviewAfterDays.first),
    },
    planVersion: versionOf(plan, agreement, { state, by }),
  };
}

/**
 * A new version of a plan in force: what changed since the last one, with the answer of the client. The same answer to the
 * same content writes nothing. Source: infra/reference/domain.md 4.6.
 */
export function recordAgreement(
  plan: CarePlan,
  agreement: Agreement,
  { state, by }: { state: PlanState; by: By },
): Agreed | Problem {
  const refused = refusalOf(plan, 'recordPlanAgreement') ?? changedOf(agreement, state);
  if (refused) return refused;
  if (!state.hasActiveGoal) return notReady('NO_ACTIVE_GOAL');
  const { clientAgreed, declineReason = null, contentHash } = agreement;
  const { latest } = state;
  const isTheSame = latest?.contentHash === contentHash && latest.clientAgreed === clientAgreed;
  if (isTheSame) return { plan, planVersion: null };
  return {
    plan: { ...plan, clientAgreed, declineReason },
    planVersion: versionOf(plan, agreement, { state, by }),
  };
}

function versionOf(
  { id: carePlanId, clientId }: CarePlan,
  { contentHash, clientAgreed, declineReason = null, effectiveFrom }: Agreement,
  { state: { content, latest }, by }: { state: PlanState; by: By },
): PlanVersion {
  const wanted = effectiveFrom ?? today(by.at);
  const notBefore = latest?.effectiveFrom ?? wanted;
  return {
    ...{ id: uuidV7(by.at.now), carePlanId, clientId, number: (latest?.number ?? 0) + 1 },
    ...{ contentHash, content, clientAgreed, declineReason, recordedAt: by.at.now, recordedBy: by.id },
    // Versions follow each other: none begins before the one that it replaces.
    effectiveFrom: wanted < notBefore ? notBefore : wanted,
  };
}

function changedOf({ contentHash }: Agreement, { content }: PlanState): CarePlanChanged | null {
  const now = hashOf(content);
  if (contentHash === now) return null;
  const message = 'The plan was changed after it was shown to the client: show it again, then repeat.';
  return { kind: 'CarePlanChanged', message, contentHash: now };
}

/** Facts of an agreement. */
export function agreementFacts({ id: carePlanId, clientId, status }: CarePlan, now: Date): Fact[] {
  const data = { carePlanId, clientId };
  return status === 'DRAFT'
    ? [carePlanActivated.of(clientId, now, data)]
    : [carePlanAgreed.of(clientId, now, data)];
}
