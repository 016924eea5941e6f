import { allEvents, type Cause, type Fact } from '@throughline/events';
import { traceparent } from '@throughline/runtime';
import type { EntityManager } from 'typeorm';
import { prepared } from '../prepared.ts';
import { refuseDuringRebuild } from '../replay/no-effects.ts';
import { wakeAfterCommit } from '../wake.ts';

const APPEND = { name: 'append_facts', text: 'select append_facts($1, $2)' };
const MAX_FACT_BYTES = 64 * 1024;

const definitions = new Map(allEvents.map((event) => [nameOf(event), event]));

/** The fact cannot be sent, so its transaction must not commit. */
export class UnfitFact extends Error {
  override name = 'UnfitFact';
}

/**
 * Puts facts into the outbox of the current transaction: they are sent if and only if it commits, in the order
 * of commits per key. Call it once per transaction with all facts. The relay is woken by the commit itself.
 * Throws outside a transaction, and when a fact breaks its contract or is larger than 64 kB.
 */
export async function record(tx: EntityManager, cause: Cause, ...facts: Fact[]): Promise<void> {
  if (!tx.queryRunner?.isTransactionActive) throw new Error('record() needs the manager of a transaction');
  if (facts.length === 0) return;
  refuseDuringRebuild(tx, 'records facts');

  for (const fact of facts) mustFit(fact);
  await prepared(tx, APPEND, [
    JSON.stringify(facts),
    JSON.stringify({ ...cause, traceparent: traceparent() }),
  ]);
  wakeAfterCommit(tx.queryRunner);
}

function mustFit(fact: Fact): void {
  const definition = definitions.get(nameOf(fact));
  if (!definition) throw new UnfitFact(`${fact.type} is not declared in shared/events`);

  const result = definition.closed.safeParse(fact.data);
  // Paths only: the message of an issue can contain a value or the name of an unknown field.
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
