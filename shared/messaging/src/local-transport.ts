import { deliverInLanes } from './inbox/lanes.ts';
import type { Consumer, Message, Publisher, Subscription, Transport } from './transport.ts';

const LANES = 4;

export interface LocalTransportOptions {
  /**
   * Services of which a consumer must have subscribed before anything counts as sent. Name all of them: what is sent
   * while one is missing would never reach it, because here nothing lies between the outbox and the consumers.
   */
  consumers?: readonly string[];
}

/**
 * Everything in one process, without a broker: the relay gives the rows of the outbox to the consumers. Same
 * order per key, same inbox. Several subscriptions of one consumer share its keys. While a consumer has no
 * subscription, senders wait until it is back.
 */
export function localTransport({ consumers = [] }: LocalTransportOptions = {}): Transport {
  const present = new Map<string, Member[]>();

  const send = async (messages: readonly Message[]): Promise<void> => {
    for (const service of consumers) {
      if (![...present.keys()].some((consumer) => isOf(service, consumer)))
        throw new ConsumerMissing(`${service} has not subscribed`);
    }
    for (const [consumer, members] of present) {
      if (members.length === 0) throw new ConsumerMissing(`${consumer} has left`);
    }
    await Promise.all([...present.values()].map((members) => deliverTo(members, messages)));
  };
  const publisher: Publisher = { send, close: () => Promise.resolve() };

  return {
    publisher: () => Promise.resolve(publisher),
    subscribe: (subscription): Promise<Consumer> => {
      const { consumer, from } = subscription;
      const member: Member = { subscription, underWay: new Set() };
      present.set(consumer, [...(present.get(consumer) ?? []), member]);
      return Promise.resolve({
        health: () => 'ok',
        close: async () => {
          const left = (present.get(consumer) ?? []).filter((other) => other !== member);
          // A consumer that wants only future facts need not be waited for.
          if (left.length === 0 && from === 'now') present.delete(consumer);
          else present.set(consumer, left);
          await Promise.allSettled(member.underWay);
        },
      });
    },
  };
}

/** A service has a consumer per concern. */
function isOf(service: string, consumer: string): boolean {
  return consumer === service || consumer.startsWith(`${service}.`);
}

interface Member {
  subscription: Subscription;
  underWay: Set<Promise<void>>;
}

class ConsumerMissing extends Error {
  override name = 'ConsumerMissing';
}

/**
 * All facts of a key go to one of them, and later facts wait for these, so the order stays when subscriptions
 * come and go.
 */
async function deliverTo(members: readonly Member[], messages: readonly Message[]): Promise<void> {
  const shares = Map.groupBy(messages, ({ key }) => members[placeOf(key, members.length)]);
  await Promise.all(
    [...shares].flatMap(([member, share]) => (member ? [tracked(member, deliver(member, share))] : [])),
  );
}

/** Every distribution is good that is the same each time. */
function placeOf(key: string, count: number): number {
  let sum = 0;
  for (const letter of key) sum += letter.charCodeAt(0);
  return sum % count;
}

function tracked({ underWay }: Member, delivery: Promise<void>): Promise<void> {
  underWay.add(delivery);
  return delivery.finally(() => underWay.delete(delivery));
}

function deliver({ subscription }: Member, messages: readonly Message[]): Promise<void> {
  const { topics, together } = subscription;
  // As over a network: services share no object.
  const wanted = messages
    .filter(({ topic }) => topics.includes(topic))
    .map((message) => structuredClone(message));
  return deliverInLanes(wanted, {
    width: LANES,
    deliver: (message) => subscription.deliver(message),
    together,
  });
}
