import type { EntityManager } from 'typeorm';
import { prepared } from '../prepared.ts';
import type { Message } from '../transport.ts';

/**
 * NEW: marked as handled, so its effect must be in this transaction. DUPLICATE: handled or parked before. HELD:
 * an earlier fact of its key is parked. GAP: an earlier fact is missing. Its key is locked from now on.
 */
export type Reception = 'NEW' | 'DUPLICATE' | 'HELD' | 'GAP';

const ONE = { name: 'receive_fact', text: 'select receive_fact($1, $2, $3, $4, $5) as reception' };
const SEVERAL = { name: 'receive_facts', text: 'select receive_facts($1, $2) as receptions' };

export async function receive(
  tx: EntityManager,
  consumer: string,
  { id, topic, key, sequence }: Message,
): Promise<Reception> {
  const rows = await prepared<{ reception: Reception }>(tx, ONE, [consumer, id, topic, key, sequence]);
  return answered(rows).reception;
}

/** The result of each, in their order; the facts of one key must be in the order of the key. */
export async function receiveAll(
  tx: EntityManager,
  consumer: string,
  messages: readonly Message[],
): Promise<Reception[]> {
  const facts = messages.map(({ id, topic, key, sequence }) => ({ id, topic, key, sequence }));
  const rows = await prepared<{ receptions: Reception[] }>(tx, SEVERAL, [consumer, JSON.stringify(facts)]);
  return answered(rows).receptions;
}

function answered<Row>([row]: readonly Row[]): Row {
  if (!row) throw new Error('The inbox gave no result for a fact');
  return row;
}
