import { notificationEscalated, uuidV7, type Fact } from '@throughline/events';
import { addresseesOf, type Named } from '../../catalogue/catalogue/addressees.ts';
import { entryOf, type EscalationStep } from '../../catalogue/catalogue/catalogue.ts';
import { keyOf, namesOf, type About, type Notification } from '../../inbox/notification/notification.ts';
import type { Directory } from '../../inbox/staff/staff.ts';

/** An alert that a person must acknowledge, with everybody who was told so far. */
export interface Escalation extends Pick<About, 'code' | 'subjectId' | 'clientId' | 'factId'> {
  id: string;
  named: Named;
  /** Everybody in the chain; each may acknowledge for all. */
  told: string[];
  /** Number of steps; 0 = only the first recipients were told. */
  step: number;
  /** When the next people are told, unless somebody acknowledges. */
  nextAt: Date;
  acknowledgedAt: Date | null;
  acknowledgedBy: string | null;
  /** Cause of the alert, for the facts that follow. */
  correlationId: string;
}

/** Starts the escalation of an alert. */
export function openEscalation(
  about: About,
  { named, told, correlationId }: Pick<Escalation, 'named' | 'told' | 'correlationId'>,
  now: Date,
): Escalation {
  const { code, subjectId, clientId, factId } = about;
  return {
    id: uuidV7(now),
    ...{ code, subjectId, clientId, factId, named, told, correlationId },
    step: 0,
    nextAt: after(now, stepAt(code, 1)),
    acknowledgedAt: null,
    acknowledgedBy: null,
  };
}

/**
 * Nobody acknowledged in time: the next people in the chain are told, and the clock starts again. The last step
 * repeats until a person acknowledges; nothing else ends an alert. Null when `step` was done before or the
 * alert is acknowledged. Source: infra/reference/domain.md 6.3.
 */
export function escalate(
  escalation: Escalation,
  step: number,
  directory: Directory,
  now: Date,
): { escalation: Escalation; recipients: string[] } | null {
  const { code, named, told } = escalation;
  if (escalation.acknowledgedAt || step !== escalation.step + 1) return null;

  const found = addresseesOf(stepAt(code, step).to, named, directory);
  const recipients = found.length > 0 ? found : told;
  const nextAt = after(now, stepAt(code, step + 1));
  return {
    escalation: { ...escalation, step, nextAt, told: [...new Set([...told, ...recipients])] },
    recipients,
  };
}

/** One fact per person who is told now; `first` is the notification that was not acknowledged. */
export function escalatedFact(first: Notification, told: Notification): Fact {
  return notificationEscalated.of(keyOf(first), told.createdAt, namesOf(first));
}

function stepAt(code: Escalation['code'], step: number): EscalationStep {
  const { escalation } = entryOf(code);
  const found = escalation[Math.min(step, escalation.length) - 1];
  if (!found) throw new Error(`${code} has no escalation`);
  return found;
}

function after(now: Date, { afterMinutes }: EscalationStep): Date {
  return new Date(now.getTime() + afterMinutes * 60_000);
}
