import type { EntityManager } from 'typeorm';
import { failureOf, SequenceGap } from '../failure.ts';
import type { InboxOptions } from './inbox.ts';
import { Rounds } from '../rounds.ts';
import { react } from './react.ts';
import type { Message } from '../transport.ts';

interface Key {
  topic: string;
  key: string;
}

interface Head {
  id: string;
  state: 'WAITING' | 'PARKED' | 'HELD';
  attempts: number;
  fact: Omit<Message, 'occurredAt'> & { occurredAt: string };
}

/** For facts that another process has parked or released; this process wakes itself in time. */
const POLL_MS = 1000;

/** Tries parked facts again, per key from the first one; safe with several copies. */
export class Retrier {
  readonly #options: InboxOptions;
  readonly #rounds: Rounds;

  constructor(options: InboxOptions) {
    this.#options = options;
    this.#rounds = new Rounds(() => this.#round(), {
      pollMs: POLL_MS,
      logger: options.logger,
      name: 'retrier',
    });
  }

  start(): void {
    this.#rounds.start();
  }

  /** Looks again soon: a fact was parked just now. */
  nudge(): void {
    this.#wakeIn(this.#options.retry.firstDelayMs);
  }

  #wakeIn(ms: number): void {
    setTimeout(() => this.#rounds.wake(), ms + 1).unref();
  }

  close(): Promise<void> {
    return this.#rounds.close();
  }

  async #round(): Promise<void> {
    const { dataSource, consumer } = this.#options;
    const keys: Key[] = await dataSource.query(
      `select topic, key from inbox_key where consumer = $1 and retry_at <= now() order by retry_at limit 20`,
      [consumer],
    );
    for (const key of keys) await this.#drain(key);
  }

  async #drain(key: Key): Promise<void> {
    let head: Head | undefined;
    do {
      head = await this.#next(key);
    } while (head && !this.#rounds.closed);
  }

  /** Handles the first parked fact of a key; undefined when there is nothing to do now. */
  async #next(key: Key): Promise<Head | undefined> {
    const { dataSource, meters } = this.#options;
    const attempt: { head?: Head } = {};
    try {
      await dataSource.transaction(async (tx) => {
        const found = await this.#claim(tx, key);
        if (!found) return;
        attempt.head = found.head;
        await this.#settle(tx, found.head, found.lastSequence);
      });
      if (attempt.head) meters.retried(messageOf(attempt.head));
      return attempt.head;
    } catch (error) {
      if (!attempt.head) throw error;
      const { head } = attempt;
      await dataSource.transaction((tx) => this.#failed(tx, key, head, error));
      return undefined;
    }
  }

  async #claim(
    tx: EntityManager,
    key: Key,
  ): Promise<{ head: Head; lastSequence: number | null } | undefined> {
    const { consumer } = this.#options;
    const locked: { last_sequence: number | null }[] = await tx.query(
      `select last_sequence from inbox_key
       where consumer = $1 and topic = $2 and key = $3 and retry_at <= now() for no key update skip locked`,
      [consumer, key.topic, key.key],
    );
    if (!locked[0]) return undefined;

    const heads: Head[] = await tx.query(
      `select id, state, attempts, fact from parked_message
       where consumer = $1 and topic = $2 and key = $3 and state in ('WAITING', 'PARKED', 'HELD')
       order by sequence, position limit 1`,
      [consumer, key.topic, key.key],
    );
    const head = heads[0];
    if (head && head.state !== 'PARKED') return { head, lastSequence: locked[0].last_sequence };

    await this.#rest(tx, key, { held: head !== undefined, retryInMs: null });
    return undefined;
  }

  async #settle(tx: EntityManager, { id, fact, state, attempts }: Head, last: number | null): Promise<void> {
    const message = messageOf({ fact });
    // A person who retried a fact has accepted that the fact before it is lost.
    const insisted = state === 'WAITING' && attempts === 0;
    if (!insisted && last !== null && message.sequence > last + 1)
      throw new SequenceGap('an earlier fact of this key is missing');
    await this.#mark(tx, message);
    await react(tx, this.#options, message);
    await tx.query(`update parked_message set state = 'RETRIED', attempts = attempts + 1 where id = $1`, [
      id,
    ]);
  }

  async #mark(tx: EntityManager, { id, topic, key, sequence }: Message): Promise<void> {
    await tx.query(
      `with seen as (insert into inbox (consumer, fact_id) values ($1, $2))
       update inbox_key set last_sequence = greatest(last_sequence, $5)
       where consumer = $1 and topic = $3 and key = $4`,
      [this.#options.consumer, id, topic, key, sequence],
    );
  }

  async #failed(tx: EntityManager, key: Key, head: Head, error: unknown): Promise<void> {
    const { retry, logger, meters, consumer } = this.#options;
    const attempts = head.attempts + 1;
    const parked = attempts >= retry.attempts;
    await tx.query(
      `update parked_message set state = $2, attempts = $3, errors = errors || $4::jsonb where id = $1`,
      [head.id, parked ? 'PARKED' : 'WAITING', attempts, JSON.stringify([failureOf(error)])],
    );
    const retryInMs = Math.min(retry.firstDelayMs * 3 ** (attempts - 1), retry.maxDelayMs);
    await this.#rest(tx, key, { held: true, retryInMs: parked ? null : retryInMs });
    if (!parked) {
      this.#wakeIn(retryInMs);
      return;
    }

    meters.parked(messageOf(head));
    const { id: factId, type, topic } = head.fact;
    logger.error(
      { consumer, factId, type, topic, key: key.key, id: head.id, error },
      'a fact is parked: its key waits',
    );
  }

  async #rest(
    tx: EntityManager,
    { topic, key }: Key,
    { held, retryInMs }: { held: boolean; retryInMs: number | null },
  ): Promise<void> {
    await tx.query(
      `update inbox_key set held = $4, retry_at = now() + $5 * interval '1 millisecond'
       where consumer = $1 and topic = $2 and key = $3`,
      [this.#options.consumer, topic, key, held, retryInMs],
    );
  }
}

function messageOf({ fact }: Pick<Head, 'fact'>): Message {
  return { ...fact, occurredAt: new Date(fact.occurredAt) };
}
