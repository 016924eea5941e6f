import { command } from '@throughline/command';
import { isUuid, notFound } from '@throughline/graphql';
import type { Context } from '../../context.ts';
import type { SubscribePushInput, UnsubscribePushInput } from '../../generated/graphql.ts';
import { PushSubscriptionEntity } from './push.entity.ts';
import { pushFaults, subscribe } from './push.ts';

/** A browser that subscribes again, perhaps for another person who signs in there now, replaces its subscription. */
export const subscribePush = (context: Context, input: SubscribePushInput) => {
  const { endpoint, p256dh, auth } = input;
  const draft = { endpoint, p256dh, auth, language: input.language ?? 'en' } as const;
  return command(
    context,
    {
      ...{ name: 'subscribePush', input, creates: PushSubscriptionEntity },
      check: () => pushFaults(draft, context.pushHosts),
    },
    async (_none, { tx, now, viewer }) => {
      // The person, whose devices are counted, and the browser, which two people may subscribe at once.
      for (const turn of [viewer.id, endpoint])
        await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 33))', [turn]);
      await tx.delete(PushSubscriptionEntity, { endpoint });
      const devices = await tx.countBy(PushSubscriptionEntity, { staffId: viewer.id });
      return subscribe(draft, devices, { id: viewer.id, now });
    },
  );
};

/** Removes a device of the viewer. */
export const unsubscribePush = (context: Context, { id }: UnsubscribePushInput) =>
  command(context, { name: 'unsubscribePush', input: {} }, async (_none, { tx, viewer }) => {
    if (!isUuid(id)) return notFound('PushSubscription');
    const { affected } = await tx.delete(PushSubscriptionEntity, { id, staffId: viewer.id });
    return affected ? { answer: { id } } : notFound('PushSubscription');
  });
