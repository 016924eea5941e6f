import { deliverInLanes } from './lanes.ts';
import type { Consumer, Message, Publisher, Subscription, Transport } from './transport.ts';

const LANES = 4;

export interface LocalTransportOptions {
  /**
   * Services that must have subscribed before anything counts as sent. Name all of them: what is sent while one is
   * missing would never reach it, because here nothing lies between the outbox and the consumers.
   */
  consumers?: readonly string[];
}

/**
 * Everything in one process, without a broker: the relay hands the rows of the outbox straight to the consumers.
 * Same order per key, same inbox. A consumer that is closed holds up the senders until it is back.
 */
export function localTransport({ consumers = [] }: LocalTransportOptions = {}): Transport {
  const present = new Map<string, Subscription>();
  const expected = new Set(consumers);

  const send = async (messages: readonly Message[]): Promise<void> => {
    for (const consumer of expected) {
      if (!present.has(consumer)) throw new ConsumerMissing(`${consumer} has not subscribed`);
    }
    await Promise.all([...present.values()].map((subscription) => deliverTo(subscription, messages)));
  };
  const publisher: Publisher = { send, close: () => Promise.resolve() };

  return {
    publisher: () => Promise.resolve(publisher),
    subscribe: (subscription): Promise<Consumer> => {
      if (subscription.from !== 'now') expected.add(subscription.consumer);
      present.set(subscription.consumer, subscription);
      return Promise.resolve({
        health: () => 'ok',
        close: () => {
          present.delete(subscription.consumer);
          return Promise.resolve();
        },
      });
    },
  };
}

class ConsumerMissing extends Error {
  override name = 'ConsumerMissing';
}

function deliverTo(subscription: Subscription, messages: readonly Message[]): Promise<void> {
  const wanted = messages.filter(({ topic }) => subscription.topics.includes(topic));
  return deliverInLanes(wanted, {
    width: LANES,
    // As over a wire: no object is shared between services.
    deliver: (message) => subscription.deliver(structuredClone(message)),
  });
}
