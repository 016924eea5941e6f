import { schedule } from '@throughline/messaging';
import { MoreThan, type EntityManager } from 'typeorm';
import { WebhookDeliveryEntity } from './webhook.entity.ts';

/** To a receiver that takes what it gets. */
export const DELIVER = 'webhook.deliver';
/** To a receiver whose last delivery has failed: a class of its own, so that it fills no slot of the others. */
export const DELIVER_AGAIN = 'webhook.deliver-again';

/** Number of deliveries of one subscription at the same time, for any number of slots of the process. */
const SLOTS_PER_SUBSCRIPTION = 2;

/** The deliveries of one referral to one subscription: they go out one after the other. */
export interface Line {
  subscriptionId: string;
  referralId: string;
}

/** Queues the next delivery of a line. A queue is one slot of the subscription; a line always has the same one. */
export async function scheduleLine(
  tx: EntityManager,
  { subscriptionId, referralId }: Line,
  runAt?: Date,
): Promise<void> {
  const slot = parseInt(referralId.slice(-2), 16) % SLOTS_PER_SUBSCRIPTION;
  await schedule(
    tx,
    (await isFailing(tx, subscriptionId)) ? DELIVER_AGAIN : DELIVER,
    { subscriptionId, referralId },
    {
      jobKey: `${DELIVER}:${subscriptionId}:${referralId}`,
      queueName: `${DELIVER}:${subscriptionId}:${String(slot)}`,
      ...(runAt && { runAt }),
    },
  );
}

/** A delivery that waits has been tried before. */
export function isFailing(tx: EntityManager, subscriptionId: string): Promise<boolean> {
  return tx.existsBy(WebhookDeliveryEntity, { subscriptionId, state: 'PENDING', attempts: MoreThan(0) });
}
