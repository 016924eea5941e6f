import type { ReferralStatus } from '@throughline/privacy';

/** Terminal states; only an error can still be marked. Source: infra/reference/domain.md 2.8. */
export const terminalStates = [
  'COMPLETED',
  'CLOSED_UNRESOLVED',
  'DECLINED',
  'CANCELLED',
  'EXPIRED',
  'ENTERED_IN_ERROR',
] as const satisfies readonly ReferralStatus[];

/** The agency serves the person or will do so: at most one per request with the strategy FIRST_ACCEPTS. */
export const takenStates = [
  'ACCEPTED',
  'SCHEDULED',
  'NO_SHOW',
  'IN_PROGRESS',
  'ON_HOLD',
] as const satisfies readonly ReferralStatus[];

/** Whether a status ends the referral. */
export function isTerminal(status: ReferralStatus): boolean {
  return (terminalStates as readonly ReferralStatus[]).includes(status);
}

/** Whether the agency has accepted and the referral is not closed. */
export function isTaken(status: ReferralStatus): boolean {
  return (takenStates as readonly ReferralStatus[]).includes(status);
}

/** Sent, and not ended. */
export function isUnderWay({ status, sentAt }: { status: ReferralStatus; sentAt: Date | null }): boolean {
  return sentAt !== null && !isTerminal(status);
}
