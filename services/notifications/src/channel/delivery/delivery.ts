import { uuidV7 } from '@throughline/events';
import type { MessageChannel } from '../../catalogue/catalogue/routes.ts';
import type { NotificationCode } from '../../inbox/notification/notification.ts';

export const deliveryStates = ['QUEUED', 'SENT', 'DELIVERED', 'FAILED', 'SUPPRESSED', 'EXPIRED'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** Why nothing went out on a channel, or at all. */
export const withheldReasons = [
  'SEEN',
  'RECIPIENT_GONE',
  'RECIPIENT_AWAY',
  'CONTACT_PROHIBITED',
  'METHOD_NOT_ALLOWED',
  'APPOINTMENT_CHANGED',
  'STOPPED',
  'NO_CONSENT',
  'SILENCED',
  'NO_ADDRESS',
  'UNREACHABLE',
  'CHANNEL_OFF',
] as const;
export type WithheldReason = (typeof withheldReasons)[number];

/** One message to one person outside the application, on the first channel of its route that leads to the person. */
export interface Delivery {
  id: string;
  /** Null for a message to a client: a client has no inbox. */
  notificationId: string | null;
  recipientType: 'STAFF' | 'CLIENT';
  recipientId: string;
  code: NotificationCode;
  route: MessageChannel[];
  /** Of a reminder: the referral and the time of its appointment; null otherwise. */
  referralId: string | null;
  appointmentAt: Date | null;
  hoursBefore: number | null;
  /** Which channel of the route is next. */
  place: number;
  /** Failed tries on this channel. */
  tries: number;
  /** All attempts, on all channels. */
  attempts: number;
  state: DeliveryState;
  reason: WithheldReason | null;
  nextAttemptAt: Date;
  /** Somebody is sending until then; a process that was killed leaves it behind. */
  sendingUntil: Date | null;
  /** Afterwards the message is of no use. */
  expiresAt: Date;
  createdAt: Date;
  settledAt: Date | null;
}

/** How an attempt ended. */
export const attemptOutcomes = [
  'STARTED',
  'ACCEPTED',
  'DELIVERED',
  'FAILED_FOR_NOW',
  'FAILED_FOR_GOOD',
  'INTERRUPTED',
] as const;
export type AttemptOutcome = (typeof attemptOutcomes)[number];

/** A way to the person on one channel, or why there is none. */
export type Way = { address: string; language: string } | WithheldReason;

/** What counts at the moment of an attempt; nothing of it was asked when the delivery was queued. */
export interface Circumstances {
  now: Date;
  /** The person has read it in the application, or somebody acknowledged the alert. */
  isSeen: boolean;
  /** Why this person gets nothing at all now. */
  withheld: WithheldReason | null;
  /** End of the quiet hours of the recipient, or of the time for which the message was put off; null when it is neither. */
  quietUntil: Date | null;
  ways: ReadonlyMap<MessageChannel, Way>;
}

export type Step =
  | { kind: 'SEND'; place: number; channel: MessageChannel; address: string; language: string }
  | { kind: 'WAIT'; until: Date }
  | { kind: 'SETTLE'; state: DeliveryState; reason: WithheldReason | null };

/** Waits after the first, second, third and fourth failed try. Source: infra/reference/domain.md 6.3. */
export const retryDelaysMs = [30_000, 120_000, 600_000, 3_600_000] as const;
const ROUND_MS = 3_600_000;
const USEFUL_MS = 72 * 3_600_000;

/** A delivery to be sent from `at` on. */
export function queueDelivery(
  to: Pick<Delivery, 'notificationId' | 'recipientType' | 'recipientId' | 'code' | 'route'> &
    Partial<Pick<Delivery, 'expiresAt' | 'referralId' | 'appointmentAt' | 'hoursBefore'>>,
  at: Date,
  now: Date,
): Delivery {
  return {
    id: uuidV7(now),
    ...{ referralId: null, appointmentAt: null, hoursBefore: null },
    ...to,
    ...{ place: 0, tries: 0, attempts: 0, state: 'QUEUED', reason: null },
    ...{ nextAttemptAt: at, sendingUntil: null, createdAt: now, settledAt: null },
    expiresAt: to.expiresAt ?? new Date(at.getTime() + USEFUL_MS),
  };
}

/**
 * What to do now. Permission, consent and quiet hours are those of this moment. The channel where the delivery stands comes
 * first, then those after it, then those before it. Source: infra/reference/domain.md 6.3.
 */
export function decideStep(delivery: Delivery, known: Circumstances): Step {
  const { isSeen, withheld, quietUntil, ways, now } = known;
  if (isSeen) return { kind: 'SETTLE', state: 'SUPPRESSED', reason: 'SEEN' };
  if (delivery.expiresAt <= now) return { kind: 'SETTLE', state: 'EXPIRED', reason: null };
  if (withheld) return { kind: 'SETTLE', state: 'SUPPRESSED', reason: withheld };

  const { route } = delivery;
  const order = route.map((_channel, index) => (delivery.place + index) % route.length);
  const found = order.flatMap((place): { place: number; channel: MessageChannel; way: Way }[] => {
    const channel = route[place];
    return channel ? [{ place, channel, way: ways.get(channel) ?? 'CHANNEL_OFF' }] : [];
  });
  for (const { place, channel, way } of found) {
    if (typeof way === 'string') continue;
    return quietUntil ? { kind: 'WAIT', until: quietUntil } : { kind: 'SEND', place, channel, ...way };
  }
  return nowhere(found.map(({ way }) => way));
}

/** Without a way: FAILED when an address no longer works, because the person counts on it; otherwise why. */
function nowhere(ways: readonly Way[]): Step {
  const reasons = withheldReasons.filter((reason) => ways.includes(reason));
  const state = reasons.includes('UNREACHABLE') ? 'FAILED' : 'SUPPRESSED';
  const reason = state === 'FAILED' ? 'UNREACHABLE' : (reasons[0] ?? 'CHANNEL_OFF');
  return { kind: 'SETTLE', state, reason };
}

/**
 * The delivery after an attempt. A failure for now is tried again after 30 s, 2 min, 10 min and 1 h, then on the next
 * channel; after the last channel the round begins again an hour later, until the message expires: a provider that is down
 * for a day loses nothing. A failure for good leads to the next channel at once.
 */
export function afterAttempt(
  delivery: Delivery,
  place: number,
  outcome: AttemptOutcome,
  now: Date,
): Delivery {
  const tries = place === delivery.place ? delivery.tries + 1 : 1;
  const tried = { ...delivery, place, tries, sendingUntil: null };
  if (outcome === 'ACCEPTED') return { ...tried, state: 'SENT', settledAt: now };
  if (outcome === 'DELIVERED') return { ...tried, state: 'DELIVERED', settledAt: now };
  const delayMs = retryDelaysMs[tries - 1];
  if (outcome !== 'FAILED_FOR_GOOD' && delayMs !== undefined)
    return { ...tried, nextAttemptAt: plus(now, delayMs) };

  const next = (place + 1) % delivery.route.length;
  const isOver = next === 0 && outcome !== 'FAILED_FOR_GOOD';
  return { ...tried, place: next, tries: 0, nextAttemptAt: isOver ? plus(now, ROUND_MS) : now };
}

/** What a provider told later about a message that it had accepted. Null: it changes nothing. */
export function afterReport(delivery: Delivery, outcome: AttemptOutcome, now: Date): Delivery | null {
  if (delivery.state !== 'SENT') return null;
  if (outcome === 'DELIVERED') return { ...delivery, state: 'DELIVERED', settledAt: now };
  if (outcome === 'ACCEPTED' || outcome === 'STARTED') return null;
  const open: Delivery = { ...delivery, state: 'QUEUED', settledAt: null, tries: delivery.tries - 1 };
  return afterAttempt(open, delivery.place, outcome, now);
}

function plus(now: Date, ms: number): Date {
  return new Date(now.getTime() + ms);
}
