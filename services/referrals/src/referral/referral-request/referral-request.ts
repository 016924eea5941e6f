import type { NeedCategory, ReferralStatus } from '@throughline/privacy';
import { isTaken, isTerminal } from '../referral/states.ts';

export const requestStrategies = ['SINGLE', 'SEQUENTIAL', 'FIRST_ACCEPTS', 'PARALLEL'] as const;
export type RequestStrategy = (typeof requestStrategies)[number];

export const requestStatuses = [
  'DRAFT',
  'AWAITING_CONSENT',
  'OPEN',
  'MATCHED',
  'RESOLVED',
  'NEEDS_REROUTE',
  'UNRESOLVED',
  'CANCELLED',
  'ENTERED_IN_ERROR',
] as const;
export type RequestStatus = (typeof requestStatuses)[number];

/** An option that the client declined: evidence of the choice. */
export interface DeclinedOption {
  serviceId: string;
  /** Null when it stands in the recommendation. */
  reason: string | null;
}

/** Choice of the client, and the declined options. Source: infra/reference/domain.md 2.12. */
export interface ClientChoice {
  serviceId: string;
  /** Score of the match when it was shown, 0 to 100; null when it did not come from matching. */
  matchScore: number | null;
  declinedOptions: DeclinedOption[];
}

/** A part of the record of a client that is kept inside another row, together with the client whose record it is. */
export type OfClient<Row> = Row & { clientId: string };
export type ChoiceOfClient = OfClient<ClientChoice>;
export type OptionOfClient = OfClient<DeclinedOption>;

/** The client's need for a service; each referral under it is one offer. Source: infra/reference/domain.md 2.7. */
export interface ReferralRequest {
  id: string;
  clientId: string;
  caseId: string;
  needId: string | null;
  needCategory: NeedCategory;
  strategy: RequestStrategy;
  /** Derived from the referrals, stored so that lists can filter by it. */
  status: RequestStatus;
  choices: ClientChoice[];
  /** The recommendation that it was begun from. */
  recommendationId: string | null;
  createdBy: string;
  createdAt: Date;
  /** When the case manager closed the request; null while it is open. */
  closedAt: Date | null;
}

const rules: readonly [RequestStatus, (all: readonly ReferralStatus[], gaveUp: boolean) => boolean][] = [
  ['ENTERED_IN_ERROR', (all) => all.length > 0 && all.every((status) => status === 'ENTERED_IN_ERROR')],
  ['RESOLVED', (all) => all.includes('COMPLETED')],
  ['MATCHED', (all) => all.some(isTaken)],
  ['OPEN', (all) => all.some((status) => !isTerminal(status) && !beforeSending.has(status))],
  ['AWAITING_CONSENT', (all) => all.includes('PENDING_CONSENT')],
  ['DRAFT', (all) => all.length === 0 || all.includes('DRAFT')],
  ['UNRESOLVED', (_all, gaveUp) => gaveUp],
  ['CANCELLED', (all) => all.every((status) => status === 'CANCELLED' || status === 'ENTERED_IN_ERROR')],
];
const beforeSending: ReadonlySet<ReferralStatus> = new Set(['DRAFT', 'PENDING_CONSENT']);

/**
 * The status of a request, derived from its referrals. When all have ended and none is completed, it is
 * NEEDS_REROUTE until the case manager closes it. Source: infra/reference/domain.md 2.7.
 */
export function requestStatusOf(statuses: readonly ReferralStatus[], gaveUp = false): RequestStatus {
  return rules.find(([, holds]) => holds(statuses, gaveUp))?.[0] ?? 'NEEDS_REROUTE';
}

/** Whether another referral may be made under the request. */
export function mayOfferAgain({ status, strategy }: Pick<ReferralRequest, 'status' | 'strategy'>): boolean {
  if (status === 'DRAFT' || status === 'AWAITING_CONSENT' || status === 'OPEN')
    return strategy === 'FIRST_ACCEPTS' || strategy === 'PARALLEL';
  return (
    status === 'NEEDS_REROUTE' || status === 'CANCELLED' || (status === 'MATCHED' && strategy === 'PARALLEL')
  );
}
