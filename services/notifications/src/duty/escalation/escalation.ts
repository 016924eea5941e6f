import { crisisPageAcknowledged, notificationEscalated, uuidV7, type Fact } from '@throughline/events';
import { addresseesOf, placesOf, type Named } from '../../catalogue/catalogue/addressees.ts';
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
  /** The chain of this alert, as the policy said when it was opened; null: that of the catalogue. */
  steps: EscalationStep[] | null;
}

/** Starts the escalation of an alert. */
export function openEscalation(
  about: About,
  { named, told, correlationId, steps }: Pick<Escalation, 'named' | 'told' | 'correlationId' | 'steps'>,
  now: Date,
): Escalation {
  const { code, subjectId, clientId, factId } = about;
  return {
    id: uuidV7(now),
    ...{ code, subjectId, clientId, factId, named, told, correlationId, steps },
    step: 0,
    nextAt: after(now, stepAt({ code, steps }, 1)),
    acknowledgedAt: null,
    acknowledgedBy: null,
  };
}

/**
 * Nobody acknowledged in time: the next people in the chain are told, and the clock starts again. A place without a
 * person is passed over. The last step repeats until a person acknowledges; nothing else ends an alert. Null when `step`
 * was done before or the alert is acknowledged. Source: infra/reference/domain.md 6.3.
 */
export function escalate(
  escalation: Escalation,
  step: number,
  directory: Directory,
  now: Date,
): { escalation: Escalation; recipients: string[] } | null {
  const { named, told } = escalation;
  if (escalation.acknowledgedAt || step !== escalation.step + 1) return null;

  const reached = stepWithPeople(escalation, step, directory);
  const found = addresseesOf(stepAt(escalation, reached).to, named, directory);
  const recipients = found.length > 0 ? found : told;
  const nextAt = after(clockOf(escalation, reached, now), stepAt(escalation, reached + 1));
  return {
    escalation: { ...escalation, step: reached, nextAt, told: [...new Set([...told, ...recipients])] },
    recipients,
  };
}

/** The first step from `step` on that reaches somebody; the last one, when none does. */
function stepWithPeople(escalation: Escalation, step: number, directory: Directory): number {
  const last = chainOf(escalation).length;
  let reached = step;
  while (reached < last && placesOf(stepAt(escalation, reached).to, escalation.named, directory).length === 0)
    reached += 1;
  return reached;
}

/** A chain that catches up goes on from when the step was due, so that a late start skips no minute twice. */
function clockOf(escalation: Escalation, step: number, now: Date): Date {
  const { code, nextAt } = escalation;
  return entryOf(code).catchesUp && step < chainOf(escalation).length && nextAt < now ? nextAt : now;
}

/** One fact per person who is told now; `first` is the notification that was not acknowledged. */
export function escalatedFact(first: Notification, told: Notification): Fact {
  return notificationEscalated.of(keyOf(first), told.createdAt, namesOf(first));
}

/** The crisis is acknowledged by who acknowledged the page. Source: infra/reference/domain.md 4.4. */
export function pageFacts({ code, subjectId, clientId }: Escalation, by: string, now: Date): Fact[] {
  if (!crisisCodes.includes(code) || !clientId) return [];
  const page = { alertId: subjectId, clientId, acknowledgedBy: by };
  return [crisisPageAcknowledged.of(clientId, now, page)];
}

/** Codes whose subject is a crisis. */
export const crisisCodes: readonly Escalation['code'][] = ['CRISIS_L1', 'CRISIS_L2'];

type Chain = Pick<Escalation, 'code' | 'steps'>;

function chainOf({ code, steps }: Chain): readonly EscalationStep[] {
  return steps ?? entryOf(code).escalation;
}

function stepAt(chain: Chain, step: number): EscalationStep {
  const steps = chainOf(chain);
  const found = steps[Math.min(step, steps.length) - 1];
  if (!found) throw new Error(`${chain.code} has no escalation`);
  return found;
}

function after(now: Date, { afterMinutes }: EscalationStep): Date {
  return new Date(now.getTime() + afterMinutes * 60_000);
}
