import { allEvents, type Cause, type Fact } from '@throughline/events';
import { traceparent } from '@throughline/runtime';
import type { EntityManager } from 'typeorm';
import { wakeAfterCommit } from './wake.ts';

const MAX_FACT_BYTES = 64 * 1024;

const definitions = new Map(allEvents.map((event) => [nameOf(event), event]));

/** The fact cannot be sent, so the transaction that wants to record it must not commit. */
export class UnfitFact extends Error {
  override name = 'UnfitFact';
}

/**
 * The upsert of outbox_key is the lock of the key: it is held until commit and taken before `seq` is drawn, so
 * that `seq` follows the order of commits per key, and `key_sequence` has no gaps. Keys are locked in one order,
 * so that two statements never wait for each other.
 */
const APPEND = `
with fact as (
  select f.fact, f.fact->>'topic' as topic, f.fact->>'key' as key, f.n,
         row_number() over (partition by f.fact->>'topic', f.fact->>'key' order by f.n) as nth
  from jsonb_array_elements($1::jsonb) with ordinality as f(fact, n)
), numbered as (
  insert into outbox_key as k (topic, key, last_sequence)
  select topic, key, count(*) from fact group by topic, key order by topic, key
  on conflict (topic, key) do update set last_sequence = k.last_sequence + excluded.last_sequence
  returning k.topic, k.key, k.last_sequence
)
insert into outbox (id, topic, key, key_sequence, type, schema_version, payload, cause, occurred_at)
select (fact->>'id')::uuid, topic, key,
       last_sequence - count(*) over (partition by topic, key) + nth,
       fact->>'type', (fact->>'version')::int, fact->'data', $2::jsonb, (fact->>'occurredAt')::timestamptz
from fact join numbered using (topic, key)
order by n`;

/**
 * Puts facts into the outbox of the current transaction: they are sent if and only if it commits, in the order
 * of commits per key. Call it once per transaction with all facts. The relay is woken by the commit itself.
 * Throws outside a transaction, and when a fact breaks its contract or is larger than 64 kB.
 */
export async function record(tx: EntityManager, cause: Cause, ...facts: Fact[]): Promise<void> {
  if (!tx.queryRunner?.isTransactionActive) throw new Error('record() needs the manager of a transaction');
  if (facts.length === 0) return;

  for (const fact of facts) mustFit(fact);
  await tx.query(APPEND, [JSON.stringify(facts), JSON.stringify({ ...cause, traceparent: traceparent() })]);
  wakeAfterCommit(tx.queryRunner);
}

function mustFit(fact: Fact): void {
  const definition = definitions.get(nameOf(fact));
  if (!definition) throw new UnfitFact(`${fact.type} is not declared in shared/events`);

  const result = definition.closed.safeParse(fact.data);
  // Paths only: an issue's message can quote a value or an unknown field's name.
  if (!result.success)
    throw new UnfitFact(`${fact.type} breaks its contract: ${pathsOf(result.error.issues)}`);

  if (Buffer.byteLength(JSON.stringify(fact.data)) > MAX_FACT_BYTES) {
    throw new UnfitFact(`${fact.type} is larger than ${String(MAX_FACT_BYTES)} bytes`);
  }
}

function pathsOf(issues: readonly { code?: string | undefined; path: PropertyKey[] }[]): string {
  return issues.map(({ code, path }) => `${path.map(String).join('.')} (${code ?? 'invalid'})`).join(', ');
}

function nameOf({ topic, type, version }: Pick<Fact, 'topic' | 'type' | 'version'>): string {
  return `${topic}/${type}/${String(version)}`;
}
