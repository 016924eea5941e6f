import type { Cause, Fact } from '@throughline/events';
import type { EntityManager } from 'typeorm';

/**
 * The wrong way: facts are numbered by the outbox alone. Of two transactions of one key the later one may have drawn
 * the lower number. Without the key's row there is no `key_sequence` either, which would have found it out.
 */
export async function appendUnlocked(tx: EntityManager, cause: Cause, facts: readonly Fact[]): Promise<void> {
  for (const { id, topic, key, type, version, data, occurredAt } of facts) {
    await tx.query(
      `insert into outbox (id, topic, key, key_sequence, type, schema_version, payload, cause, occurred_at)
       values ($1, $2, $3, 0, $4, $5, $6, $7, $8)`,
      [id, topic, key, type, version, data, cause, occurredAt],
    );
  }
}

/** What this way cannot keep. To be run as the owner of the tables. */
export const WITHOUT_NUMBERS = 'alter table outbox drop constraint outbox_topic_key_key_sequence_key';
