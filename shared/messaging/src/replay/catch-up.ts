import type { Topic } from '@throughline/events';
import type { DataSource, EntityManager } from 'typeorm';
import { wantedBy } from '../inbox/react.ts';
import type { Message } from '../transport.ts';
import type { KeyRange } from './fact-archive.ts';
import { forbidEffects, mustHaveWrittenOnlyIn } from './no-effects.ts';
import { topicsOf, type Projection } from './projection.ts';
import type { FactSource } from './sources.ts';

const KEYS_AT_ONCE = 500;
const FACTS_AT_ONCE = 1000;
const FACTS_PER_TRANSACTION = 250;

/** Progress of a rebuild. */
export interface Tally {
  /** Facts that were handled or left out. */
  facts: number;
  /** Of these, facts that a person dropped or must decide about: the service has not handled them either. */
  skipped: number;
  /** Facts up to the positions of the service that the source does not have, and the number of their keys. */
  missing: number;
  keysWithGaps: number;
}

export interface CatchUpOptions {
  db: DataSource;
  consumer: string;
  projection: Projection;
  schema: string;
  source: FactSource;
  signal: AbortSignal;
}

/**
 * Brings a shadow to the state of its service: the facts up to the positions in `inbox_key`, no more and no
 * less, so that the service can continue from it. Handlers see the tables of the shadow instead of the real
 * ones.
 */
export class CatchUp {
  readonly #options: CatchUpOptions;
  readonly #aborted: Promise<never>;
  readonly #topics: Topic[];
  readonly tally: Tally = { facts: 0, skipped: 0, missing: 0, keysWithGaps: 0 };
  onProgress: (tally: Tally) => void = () => undefined;

  constructor(options: CatchUpOptions) {
    const { signal } = options;
    this.#options = options;
    this.#aborted = new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    });
    this.#aborted.catch(() => undefined);
    this.#topics = topicsOf(options.projection);
  }

  /** Number of facts that the service is ahead. */
  async behind(): Promise<number> {
    const rows: { behind: string }[] = await this.#options.db.query(
      `select coalesce(sum(up_to - after), 0) as behind from (${this.#keysBehind()}) k`,
      [this.#options.consumer, this.#topics],
    );
    return Number(rows[0]?.behind);
  }

  /** One pass over all keys; returns the number of facts. */
  async round(): Promise<number> {
    const { db, consumer } = this.#options;
    const before = this.tally.facts;
    let last = { topic: '', key: '' };
    for (;;) {
      const page: KeyRange[] = await db.query(
        `select * from (${this.#keysBehind()}) k where (topic, key) > ($3, $4) order by topic, key limit $5`,
        [consumer, this.#topics, last.topic, last.key, KEYS_AT_ONCE],
      );
      const end = page.at(-1);
      if (!end) return this.tally.facts - before;
      await this.#fill(page);
      last = end;
    }
  }

  #keysBehind(): string {
    return `
      select i.topic, i.key, coalesce(p.last_sequence, 0) as after, i.last_sequence as "upTo", i.last_sequence as up_to
      from public.inbox_key i left join ${this.#options.schema}.rebuild_position p using (topic, key)
      where i.consumer = $1 and i.topic = any($2) and i.last_sequence > coalesce(p.last_sequence, 0)`;
  }

  async #fill(page: readonly KeyRange[]): Promise<void> {
    const { source, db, schema } = this.#options;
    const found = new Map<string, number>();
    for (let rest = page; rest.length > 0;) {
      const facts = await Promise.race([source.read(rest, FACTS_AT_ONCE), this.#aborted]);
      for (const fact of facts) found.set(placeOf(fact), (found.get(placeOf(fact)) ?? 0) + 1);
      await this.#apply(facts);
      rest = facts.length < FACTS_AT_ONCE ? [] : afterLast(rest, facts);
    }
    for (const range of page) {
      const missing = range.upTo - range.after - (found.get(placeOf(range)) ?? 0);
      this.tally.missing += missing;
      if (missing > 0) this.tally.keysWithGaps += 1;
    }
    await db.query(
      `insert into ${schema}.rebuild_position (topic, key, last_sequence)
       select * from unnest($1::text[], $2::text[], $3::int[])
       on conflict (topic, key) do update set last_sequence = excluded.last_sequence`,
      [page.map(({ topic }) => topic), page.map(({ key }) => key), page.map(({ upTo }) => upTo)],
    );
  }

  async #apply(facts: readonly Message[]): Promise<void> {
    const { db, signal } = this.#options;
    for (let at = 0; at < facts.length; at += FACTS_PER_TRANSACTION) {
      signal.throwIfAborted();
      const batch = facts.slice(at, at + FACTS_PER_TRANSACTION);
      this.tally.skipped += await db.transaction((tx) => this.#handle(tx, batch));
      this.tally.facts += batch.length;
      this.onProgress(this.tally);
    }
  }

  /** Returns the number of facts that were left out. */
  async #handle(tx: EntityManager, facts: readonly Message[]): Promise<number> {
    const { consumer, projection, schema } = this.#options;
    await tx.query(`set local search_path to ${schema}, public`);
    forbidEffects(tx);
    const unhandled: { fact_id: string }[] = await tx.query(
      `select fact_id from public.parked_message
       where consumer = $1 and state <> 'RETRIED' and fact_id = any($2::uuid[])`,
      [consumer, facts.map(({ id }) => id)],
    );
    const passedBy = new Set(unhandled.map(({ fact_id }) => fact_id));
    for (const fact of facts) {
      if (passedBy.has(fact.id)) continue;
      for (const reaction of wantedBy(projection.reactions, fact)) await reaction.run(tx, fact);
    }
    await mustHaveWrittenOnlyIn(tx, schema);
    return passedBy.size;
  }
}

function placeOf({ topic, key }: Pick<KeyRange, 'topic' | 'key'>): string {
  return `${topic}/${key}`;
}

function afterLast(ranges: readonly KeyRange[], facts: readonly Message[]): KeyRange[] {
  const last = facts.at(-1);
  const at = ranges.findIndex(({ topic, key }) => topic === last?.topic && key === last.key);
  return ranges
    .slice(at)
    .map((range, index) => (index === 0 && last ? { ...range, after: last.sequence } : range));
}
