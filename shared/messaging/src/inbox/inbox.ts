import type { Logger } from '@throughline/runtime';
import type { DataSource, EntityManager } from 'typeorm';
import { failureOf, SequenceGap } from '../failure.ts';
import type { ConsumerMeters } from '../meters.ts';
import type { Reaction } from './reaction.ts';
import { react, reactToAll, wantedBy } from './react.ts';
import { receive, receiveAll, type Reception } from './receive.ts';
import type { Message } from '../transport.ts';

export interface RetryPolicy {
  /** Number of failures after which a person must decide. */
  attempts: number;
  firstDelayMs: number;
  maxDelayMs: number;
}

/** 50 ms, 150, 450 .. 30 s: about 50 s in all, enough time for a missing fact of another service. */
export const retryPolicy: RetryPolicy = { attempts: 8, firstDelayMs: 50, maxDelayMs: 30_000 };

export interface InboxOptions {
  consumer: string;
  dataSource: DataSource;
  reactions: readonly Reaction[];
  retry: RetryPolicy;
  logger: Logger;
  meters: ConsumerMeters;
}

/**
 * Handles each fact once. The inbox row, the effect and the position of the key share one transaction. The row
 * of inbox_key is the lock, so that the facts of a key never overtake each other, also with several processes.
 * A fact that fails is stored in parked_message, and only its key waits; see `Retrier`.
 */
export class Inbox {
  readonly #options: InboxOptions;
  readonly #onKept: () => void;

  constructor(options: InboxOptions, onKept: () => void) {
    this.#options = options;
    this.#onKept = onKept;
  }

  /** Rejects only when the database fails: then nothing was stored and the transport delivers again. */
  async deliver(message: Message): Promise<void> {
    const { dataSource, meters, logger, consumer } = this.#options;
    try {
      const outcome = await dataSource.transaction((tx) => this.#receive(tx, message));
      meters.delivered(outcome, message);
      if (outcome === 'held') this.#onKept();
    } catch (error) {
      const { id: factId, type, topic, key } = message;
      logger.warn(
        { consumer, factId, type, topic, key, error },
        'a fact could not be handled and will be tried again',
      );
      await dataSource.transaction((tx) => this.#keepFailed(tx, message, error));
      meters.delivered('failed', message);
      this.#onKept();
    }
  }

  /** Whether its effect may share a transaction with effects of other facts: all its reactions permit it. */
  fitsTogether(message: Message): boolean {
    return wantedBy(this.#options.reactions, message).every(({ together }) => together);
  }

  /** In one transaction; after a failure one by one, so that only the failing fact is parked. */
  async deliverTogether(messages: readonly Message[]): Promise<void> {
    const { dataSource, meters } = this.#options;
    try {
      const receptions = await dataSource.transaction((tx) => this.#receiveTogether(tx, messages));
      messages.forEach((message, index) => {
        meters.delivered(receptions[index] === 'NEW' ? 'handled' : 'duplicate', message);
      });
    } catch (error) {
      const { consumer, logger } = this.#options;
      if (!(error instanceof OneMustWait))
        logger.warn({ consumer, count: messages.length, error }, 'facts are handled one by one');
      for (const message of messages) await this.deliver(message);
    }
  }

  async #receiveTogether(tx: EntityManager, messages: readonly Message[]): Promise<Reception[]> {
    const receptions = await receiveAll(tx, this.#options.consumer, messages);
    if (receptions.includes('HELD') || receptions.includes('GAP')) throw new OneMustWait();
    await reactToAll(
      tx,
      this.#options,
      messages.filter((_message, index) => receptions[index] === 'NEW'),
    );
    return receptions;
  }

  async #receive(tx: EntityManager, message: Message): Promise<'handled' | 'duplicate' | 'held'> {
    const { consumer } = this.#options;
    const reception = await receive(tx, consumer, message);
    if (reception === 'DUPLICATE') return 'duplicate';
    if (reception === 'GAP') throw new SequenceGap('an earlier fact of this key is missing');
    if (reception === 'HELD') {
      await keep(tx, message, { consumer, state: 'HELD', errors: [] });
      await wakeIfFirst(tx, consumer, message);
      return 'held';
    }
    await react(tx, this.#options, message);
    return 'handled';
  }

  async #keepFailed(tx: EntityManager, message: Message, error: unknown): Promise<void> {
    const { consumer, retry } = this.#options;
    const { topic, key } = message;
    const held = await lockKey(tx, consumer, message);
    if (await this.#isKnown(tx, message.id)) return;

    await keep(tx, message, { consumer, state: held ? 'HELD' : 'WAITING', errors: [failureOf(error)] });
    if (held) return;
    await tx.query(
      `update inbox_key set held = true, retry_at = now() + $4 * interval '1 millisecond'
       where consumer = $1 and topic = $2 and key = $3`,
      [consumer, topic, key, retry.firstDelayMs],
    );
  }

  async #isKnown(tx: EntityManager, factId: string): Promise<boolean> {
    const rows: unknown[] = await tx.query(
      `select 1 from inbox where consumer = $1 and fact_id = $2
       union all select 1 from parked_message where consumer = $1 and fact_id = $2`,
      [this.#options.consumer, factId],
    );
    return rows.length > 0;
  }
}

/** Thrown only to roll back; then each fact is delivered alone. */
class OneMustWait extends Error {
  override name = 'OneMustWait';
}

async function lockKey(tx: EntityManager, consumer: string, { topic, key }: Message): Promise<boolean> {
  const rows: { held: boolean }[] = await tx.query(
    `insert into inbox_key (consumer, topic, key) values ($1, $2, $3)
     on conflict (consumer, topic, key) do update set consumer = excluded.consumer
     returning held`,
    [consumer, topic, key],
  );
  return rows[0]?.held ?? false;
}

interface Keeping {
  consumer: string;
  state: 'WAITING' | 'HELD';
  errors: unknown[];
}

async function keep(
  tx: EntityManager,
  message: Message,
  { consumer, state, errors }: Keeping,
): Promise<void> {
  await tx.query(
    `insert into parked_message (id, consumer, topic, key, sequence, fact_id, fact, state, attempts, errors)
     values (gen_random_uuid(), $1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (consumer, fact_id) do nothing`,
    [
      consumer,
      message.topic,
      message.key,
      message.sequence,
      message.id,
      JSON.stringify(message),
      state,
      errors.length,
      JSON.stringify(errors),
    ],
  );
}

/** The missing fact has come, so the key need not wait for a person. */
async function wakeIfFirst(tx: EntityManager, consumer: string, message: Message): Promise<void> {
  await tx.query(
    `update inbox_key set retry_at = now() where consumer = $1 and topic = $2 and key = $3 and not exists (
       select 1 from parked_message p
       where p.consumer = $1 and p.topic = $2 and p.key = $3 and p.state in ('WAITING', 'PARKED', 'HELD')
         and p.fact_id <> $5 and p.sequence <= $4)`,
    [consumer, message.topic, message.key, message.sequence, message.id],
  );
}
