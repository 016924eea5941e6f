import type { EntityManager } from 'typeorm';
import { consumerOf, type Concern } from './concern.ts';
import type { Received } from './reaction.ts';

/**
 * For a reaction that reads what another concern of its service writes for the same fact. While that concern has not handled
 * the fact, or is held at an earlier fact of the key, this throws, and the fact is tried again later.
 */
export async function heardBy(
  tx: EntityManager,
  { service, concern }: { service: string; concern: Concern },
  { topic, key, sequence }: Pick<Received, 'topic' | 'key' | 'sequence'>,
): Promise<void> {
  const rows: { heard: boolean }[] = await tx.query(
    `select last_sequence >= $4 as heard from inbox_key where consumer = $1 and topic = $2 and key = $3`,
    [consumerOf(service, concern), topic, key, sequence],
  );
  if (rows[0]?.heard !== true) throw new NotHeardYet(`${concern} has not handled this fact yet`);
}

/** Another concern of this service has not handled the fact yet. */
class NotHeardYet extends Error {
  override name = 'NotHeardYet';
}
