import type { Consumer, Message, Transport } from '@throughline/messaging';
import type { Logger } from '@throughline/runtime';
import { Listener } from './listener.ts';
import { liveTopics, signalOf, type Signal } from './signal.ts';

export interface LiveHubOptions {
  transport: Transport;
  /** Belongs to this process: every gateway receives every fact. */
  instance: string;
  /** Number of signals that are stored for subscribers who reconnect. */
  kept?: number;
  logger: Logger;
}

const usuallyKept = 10_000;

/**
 * Receives every fact once and signals its listeners. Stores the last signals for subscribers who were cut off.
 */
export class LiveHub {
  readonly #options: LiveHubOptions;
  readonly #listeners = new Set<Listener>();
  /** In the order of arrival, by fact id. */
  readonly #kept = new Map<string, Signal>();
  #consumer: Consumer | null = null;
  #leaving = false;

  constructor(options: LiveHubOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const { transport, instance, logger } = this.#options;
    this.#consumer = await transport.subscribe(
      {
        consumer: `gateway-live-${instance}`,
        topics: liveTopics,
        from: 'now',
        deliver: (message) => {
          this.hear(message);
          return Promise.resolve();
        },
      },
      logger,
    );
  }

  health(): string {
    if (this.#leaving) return 'closing';
    return this.#consumer?.health() ?? 'not started';
  }

  /** A fact that Kafka delivers again gives one signal. */
  hear(message: Pick<Message, 'id' | 'topic' | 'type' | 'data'>): void {
    const signal = signalOf(message);
    if (!signal || this.#kept.has(signal.id)) return;
    this.#kept.set(signal.id, signal);
    if (this.#kept.size > (this.#options.kept ?? usuallyKept)) {
      const [oldest] = this.#kept.keys();
      if (oldest) this.#kept.delete(oldest);
    }
    for (const listener of this.#listeners) listener.tell(signal);
  }

  /**
   * Listens from now on, or from the event after the given one. Null: the given event is not stored any more
   * (or this process never received it), so the events after it are unknown.
   */
  listen(after?: string): Listener | null {
    const missed = after === undefined ? [] : this.#since(after);
    if (!missed) return null;
    const listener = new Listener(missed, () => this.#listeners.delete(listener));
    this.#listeners.add(listener);
    return listener;
  }

  /** Ends all subscriptions with a reason, and refuses new ones. */
  farewell(): void {
    this.#leaving = true;
    for (const listener of this.#listeners) listener.end('CLOSING');
  }

  async close(): Promise<void> {
    this.farewell();
    await this.#consumer?.close();
  }

  #since(eventId: string): Signal[] | null {
    if (!this.#kept.has(eventId)) return null;
    const signals = [...this.#kept.values()];
    return signals.slice(signals.findIndex(({ id }) => id === eventId) + 1);
  }
}
