import { notificationEscalated, uuidV7, type Fact } from '@throughline/events';
import { addresseesOf, type Named } from '../../catalogue/catalogue/addressees.ts';
import { entryOf, type EscalationStep } from '../../catalogue/catalogue/catalogue.ts';
import { keyOf, type About, type Notification } from '../../inbox/notification/notification.ts';
import type { Directory } from '../../inbox/staff/staff.ts';

/** One alert that a person must acknowledge, with everybody who was told of it so far. */
export interface Escalation extends Pick<About, 'code' | 'subjectId' | 'clientId' | 'factId'> {
  id: string;
  named: Named;
  /** The chain: each may acknowledge for all. */
  told: string[];
  /** Steps taken; 0 = only those who were told at once. */
  step: number;
  /** When the next are told, unless somebody acknowledges. */
  nextAt: Date;
  acknowledgedAt: Date | null;
  acknowledgedBy: string | null;
  /** Of the story that led to it, for the facts that follow. */
  correlationId: string;
}

/** Starts the clock of an alert. */
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
 * Nobody acknowledged in time: the next in the chain are told, and the clock starts again. The last step repeats
 * until a person acknowledges, so an alert ends in no other way. Null when `step` was taken before or the alert
 * is acknowledged. Source: infra/reference/domain.md 6.3.
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

/** One fact for each who is told now; `first` is what was not acknowledged. */
export function escalatedFact(first: Notification, told: Notification): Fact {
  const { id, recipientId, code, clientId } = first;
  return notificationEscalated.of(keyOf(first), told.createdAt, {
    ...{ notificationId: id, recipientId, code, clientId },
    escalatedToId: told.recipientId,
    step: told.step,
  });
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
