import type { Logger } from '@throughline/runtime';
import type { DataSource, EntityManager } from 'typeorm';
import { failureOf, SequenceGap } from './failure.ts';
import type { Meters } from './meters.ts';
import type { Reaction } from './reaction.ts';
import type { Message } from './transport.ts';

export interface RetryPolicy {
  /** Failures after which a person must decide. */
  attempts: number;
  firstDelayMs: number;
  maxDelayMs: number;
}

/** 50 ms, 150, 450 .. 30 s: about 50 s in all, enough for what another service's fact will put right. */
export const retryPolicy: RetryPolicy = { attempts: 8, firstDelayMs: 50, maxDelayMs: 30_000 };

export interface InboxOptions {
  consumer: string;
  dataSource: DataSource;
  reactions: readonly Reaction[];
  retry: RetryPolicy;
  logger: Logger;
  meters: Meters;
}

interface KeyState {
  last_sequence: number | null;
  held: boolean;
}

/**
 * Handles each fact once. The inbox row, the effect and the key's position share one transaction; the row of
 * inbox_key is its lock, so that the facts of a key never overtake each other, whoever delivers them.
 * A fact that fails is kept in parked_message and only its key waits; see `Retrier`.
 */
export class Inbox {
  readonly #options: InboxOptions;
  readonly #onKept: () => void;

  constructor(options: InboxOptions, onKept: () => void) {
    this.#options = options;
    this.#onKept = onKept;
  }

  /** Rejects only when the database does: then nothing was kept and the transport delivers again. */
  async deliver(message: Message): Promise<void> {
    const { dataSource, meters, logger, consumer } = this.#options;
    try {
      const outcome = await dataSource.transaction((tx) => this.#receive(tx, message));
      meters.delivered(outcome, message);
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

  async #receive(tx: EntityManager, message: Message): Promise<'handled' | 'duplicate' | 'held'> {
    const state = await lockKey(tx, this.#options.consumer, message);
    if (await this.#isKnown(tx, message.id)) return 'duplicate';
    if (state.held) {
      await keep(tx, message, { consumer: this.#options.consumer, state: 'HELD', errors: [] });
      await wakeIfFirst(tx, this.#options.consumer, message);
      return 'held';
    }
    mustFollow(state, message);
    await handle(tx, this.#options, message);
    return 'handled';
  }

  async #keepFailed(tx: EntityManager, message: Message, error: unknown): Promise<void> {
    const { consumer, retry } = this.#options;
    const { held } = await lockKey(tx, consumer, message);
    if (await this.#isKnown(tx, message.id)) return;

    await keep(tx, message, { consumer, state: held ? 'HELD' : 'WAITING', errors: [failureOf(error)] });
    if (held) return;
    await tx.query(
      `update inbox_key set held = true, retry_at = now() + $4 * interval '1 millisecond'
       where consumer = $1 and topic = $2 and key = $3`,
      [consumer, message.topic, message.key, retry.firstDelayMs],
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

/** Runs the reactions and marks the fact as handled. A fact nobody asked for only moves its key's position. */
export async function handle(
  tx: EntityManager,
  { consumer, reactions, meters }: InboxOptions,
  message: Message,
): Promise<void> {
  const wanted = reactions.filter(
    ({ topic, type, version }) =>
      topic === message.topic && type === message.type && version === message.version,
  );
  await tx.query(
    `with seen as (insert into inbox (consumer, fact_id) values ($1, $2))
     update inbox_key set last_sequence = greatest(last_sequence, $5)
     where consumer = $1 and topic = $3 and key = $4`,
    [consumer, message.id, message.topic, message.key, message.sequence],
  );
  for (const reaction of wanted) await reaction.run(tx, message);
  if (wanted.length > 0) meters.lag(message);
}

async function lockKey(tx: EntityManager, consumer: string, { topic, key }: Message): Promise<KeyState> {
  const rows: KeyState[] = await tx.query(
    `insert into inbox_key (consumer, topic, key) values ($1, $2, $3)
     on conflict (consumer, topic, key) do update set consumer = excluded.consumer
     returning last_sequence, held`,
    [consumer, topic, key],
  );
  return rows[0] ?? { last_sequence: null, held: false };
}

/** The first fact seen of a key may have any number: a topic forgets, and a consumer may be new. */
export function mustFollow({ last_sequence: last }: KeyState, { sequence }: Message): void {
  if (last !== null && sequence > last + 1) throw new SequenceGap('an earlier fact of this key is missing');
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

/** The missing fact that a gap waited for has come: the key need not wait for a person. */
async function wakeIfFirst(tx: EntityManager, consumer: string, message: Message): Promise<void> {
  await tx.query(
    `update inbox_key set retry_at = now() where consumer = $1 and topic = $2 and key = $3 and not exists (
       select 1 from parked_message p
       where p.consumer = $1 and p.topic = $2 and p.key = $3 and p.state in ('WAITING', 'PARKED', 'HELD')
         and p.fact_id <> $5 and p.sequence <= $4)`,
    [consumer, message.topic, message.key, message.sequence, message.id],
  );
}
