import type { EntityManager } from 'typeorm';

/** One transaction at a time computes what must follow for a client: the others wait here. */
export async function takeTurn(tx: EntityManager, clientId: string): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('follow-up:' || $1, 0))`, [clientId]);
}
