import type { Logger } from '@throughline/runtime';
import type { DataSource } from 'typeorm';
import { concerns, consumerOf, type Concern, type Reactions } from './concern.ts';
import { Inbox, type RetryPolicy } from './inbox.ts';
import { Rounds } from '../rounds.ts';
import type { Meters } from '../meters.ts';
import type { Reaction } from './reaction.ts';
import { Retrier } from './retrier.ts';
import { hasUnsplit, splitConsumer } from './split-consumer.ts';
import type { Consumer, Subscription, Transport } from '../transport.ts';
import { watchedReaction } from './watched.ts';

export interface ConsumersOptions {
  service: string;
  dataSource: DataSource;
  /** Address for the app role, for the session that takes positions over. */
  databaseUrl: string;
  transport: Transport;
  /** As OpenTelemetry names the transport. */
  system: string;
  reactions: Reactions;
  retry: RetryPolicy;
  logger: Logger;
  meters: Meters;
}

interface Running {
  concern: Concern;
  consumer: Consumer;
  retrier: Retrier;
}

const SPLIT_POLL_MS = 1000;

/** Why nothing is heard yet, as health tells it. */
const unheard = {
  waits: 'waits until the release before has ended',
  runs: 'takes over the positions of the release before',
  fails: 'cannot take over the positions of the release before; tries again',
};

/**
 * One consumer per concern of a service. Where the release before had one consumer for all, its positions are taken over
 * first, in the background: the new consumers wait until the last process of that release has ended.
 */
export class Consumers {
  readonly #options: ConsumersOptions;
  readonly #takingOver: Rounds;
  #running: readonly Running[] | undefined;
  #unheard = unheard.waits;

  constructor(options: ConsumersOptions) {
    this.#options = options;
    this.#takingOver = new Rounds(() => this.#takeOver(), {
      name: 'take over positions',
      pollMs: SPLIT_POLL_MS,
      logger: options.logger,
    });
  }

  async start(): Promise<void> {
    const { dataSource, service } = this.#options;
    if (await hasUnsplit(dataSource, service)) this.#takingOver.start();
    else await this.#subscribe();
  }

  /** `ok`, or the first concern that hears nothing, and why. */
  health(): string {
    if (!this.#running) return this.#unheard;
    const silent = this.#running
      .map(({ concern, consumer }) => ({ concern, health: consumer.health() }))
      .find(({ health }) => health !== 'ok');
    return silent ? `${silent.concern}: ${silent.health}` : 'ok';
  }

  async close(): Promise<void> {
    await this.#takingOver.close();
    const running = this.#running ?? [];
    await Promise.all(running.map(({ consumer }) => consumer.close()));
    await Promise.all(running.map(({ retrier }) => retrier.close()));
  }

  async #takeOver(): Promise<void> {
    if (this.#running) return;
    const { service: from, databaseUrl, transport, reactions } = this.#options;
    const [into, used] = [concerns, usedBy(reactions)].map((some) =>
      some.map((concern) => consumerOf(from, concern)),
    ) as [string[], string[]];
    try {
      const isFree = (await transport.takeOver?.({ from, into })) ?? true;
      this.#unheard = isFree ? unheard.runs : unheard.waits;
      if (!isFree) return;
      await splitConsumer(databaseUrl, { from, into, used });
      await this.#subscribe();
    } catch (error) {
      this.#unheard = unheard.fails;
      throw error;
    }
  }

  /** All at once: where nothing lies between outbox and consumers, none of them may miss what another one hears. */
  async #subscribe(): Promise<void> {
    this.#running = await Promise.all(usedBy(this.#options.reactions).map((concern) => this.#run(concern)));
  }

  async #run(concern: Concern): Promise<Running> {
    const { service, dataSource, transport, reactions, retry, logger, system, meters: all } = this.#options;
    const consumer = consumerOf(service, concern);
    const meters = all.consumer(consumer);
    const own = (reactions[concern] ?? []).map((reaction) =>
      watchedReaction(reaction, { service, system, meters }),
    );
    const inboxOptions = { dataSource, retry, consumer, reactions: own, logger, meters };
    const retrier = new Retrier(inboxOptions);
    const inbox = new Inbox(inboxOptions, () => {
      retrier.nudge();
    });
    retrier.start();
    const subscription = { consumer, topics: topicsOf(own), ...deliveriesTo(inbox), watch: meters };
    return { concern, retrier, consumer: await transport.subscribe(subscription, logger) };
  }
}

/** A service that reacts to nothing is present as a consumer, too. */
function usedBy(reactions: Reactions): Concern[] {
  const used = concerns.filter((concern) => (reactions[concern] ?? []).length > 0);
  return used.length > 0 ? used : ['work'];
}

function topicsOf(reactions: readonly Reaction[]): string[] {
  return [...new Set(reactions.flatMap(({ topics }) => topics))];
}

function deliveriesTo(inbox: Inbox): Pick<Subscription, 'deliver' | 'together'> {
  return {
    deliver: (message) => inbox.deliver(message),
    together: {
      fits: (message) => inbox.fitsTogether(message),
      deliver: (messages) => inbox.deliverTogether(messages),
    },
  };
}
