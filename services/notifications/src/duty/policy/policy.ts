import { createHash } from 'node:crypto';
import type { Decision } from '@throughline/command/decision';
import { issueAt, type InputIssue } from '@throughline/graphql/problems';
import { entryOf, mustBeAcknowledged, type EscalationStep } from '../../catalogue/catalogue/catalogue.ts';
import { notificationCodes, type NotificationCode } from '../../inbox/notification/notification.ts';

/** Places of a chain that a program may name. */
export const chainPlaces = [
  'CASE_MANAGER',
  'BACKUP',
  'ON_CALL_CLINICIAN',
  'SUPERVISOR',
  'NEXT_SUPERVISOR',
  'PROGRAM_ADMIN',
] as const;
export type ChainPlace = (typeof chainPlaces)[number];

export function isChainPlace(place: string): place is ChainPlace {
  return (chainPlaces as readonly string[]).includes(place);
}

/** The chain of a program for one code, in place of that of the catalogue. */
export interface EscalationPolicy {
  /** Follows from the code, so that a code has one row. */
  id: string;
  code: NotificationCode;
  steps: EscalationStep[];
  changedBy: string;
  changedAt: Date;
  version: number;
}

/** The same uuid for the same code, always. */
export function policyIdOf(code: NotificationCode): string {
  const hex = createHash('sha256').update(`escalation policy ${code}`).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** A policy as it is shown; `steps` is empty and nobody changed it where the chain of the house counts. */
export interface ShownPolicy extends Omit<EscalationPolicy, 'changedBy' | 'changedAt'> {
  changedBy: string | null;
  changedAt: Date | null;
}

export interface ChainStep {
  afterMinutes: number;
  to: readonly ChainPlace[];
}

/**
 * Faults of a chain. It ends with the program administrators, so that no alert runs out of people. A crisis of level 1 has
 * at most 5 minutes between two steps: nobody can silence it by waiting. Source: infra/reference/domain.md 4.4, 6.4.
 */
export function policyFaults(code: NotificationCode, steps: readonly ChainStep[]): InputIssue[] {
  // A code that cannot be read has a fault of its own.
  if (!notificationCodes.includes(code)) return [];
  if (!mustBeAcknowledged(code))
    return [issueAt('code', 'NOT_ALLOWED', 'Nobody has to acknowledge this, so it has no chain.')];
  const faults = steps.flatMap(({ afterMinutes, to }, index) => [
    ...(to.length === 0 ? [issueAt(`steps.${String(index)}.to`, 'EMPTY', 'Name at least one place.')] : []),
    ...(afterMinutes > longestOf(code)
      ? [
          issueAt(
            `steps.${String(index)}.afterMinutes`,
            'TOO_LONG',
            `At most ${String(longestOf(code))} minutes.`,
          ),
        ]
      : []),
  ]);
  if (!steps.at(-1)?.to.includes('PROGRAM_ADMIN'))
    faults.push(issueAt('steps', 'NO_END', 'The last step tells the program administrators.'));
  return faults;
}

/** The longest wait of the chain of the house: a program may be faster, not slower. */
function longestOf(code: NotificationCode): number {
  return Math.max(...entryOf(code).escalation.map(({ afterMinutes }) => afterMinutes));
}

/** Changes the chain of a code, for alerts from now on. An alert that is open keeps its chain. The chain has no faults. */
export function changePolicy(
  before: EscalationPolicy | null,
  { code, steps }: { code: NotificationCode; steps: readonly ChainStep[] },
  by: { id: string; now: Date },
): Decision<EscalationPolicy, EscalationPolicy> {
  const chain = steps.map(({ afterMinutes, to }) => ({ afterMinutes, to: [...to] }));
  const changed = { id: policyIdOf(code), code, steps: chain, changedBy: by.id, changedAt: by.now };
  return before ? { update: { ...before, ...changed } } : { insert: { ...changed, version: 1 } };
}
