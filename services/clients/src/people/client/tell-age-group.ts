import { ownCause } from '@throughline/events';
import { record, schedule, unschedule, type Job } from '@throughline/messaging';
import type { Moment } from '@throughline/privacy';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { ageGroupFact, ageGroupOf, nextAgeGroupOf } from './age-group.ts';
import { ClientEntity } from './client.entity.ts';
import type { Client } from './client.ts';

export const ageGroupJob = 'client.age-group';

/**
 * The group that begins; null means the group of today, for clients who were registered before groups were
 * recorded.
 */
const payloadShape = z.object({ clientId: z.uuid(), ageGroup: z.string().nullable() });

/** Sets the timer for the birthday on which the age group changes. Takes it back when no other group follows. */
export async function awaitNextAgeGroup(tx: EntityManager, client: Client, at: Moment): Promise<void> {
  const jobKey = `${ageGroupJob}:${client.id}`;
  const next = nextAgeGroupOf(client, at);
  if (!next) return unschedule(tx, jobKey);
  const payload = { clientId: client.id, ageGroup: next.ageGroup };
  await schedule(tx, ageGroupJob, payload, { runAt: next.begins, jobKey });
}

/**
 * Records the age group that has begun, and sets the timer for the next one. A second run records the same
 * again, which is harmless.
 */
export function tellAgeGroup({ now, timeZone }: { now: () => Date; timeZone: string }): Job {
  return (payload, { dataSource }) =>
    dataSource.transaction(async (tx) => {
      const { clientId, ageGroup } = payloadShape.parse(payload);
      const where = { id: clientId };
      const client = await tx.findOne(ClientEntity, { where, lock: { mode: 'for_no_key_update' } });
      const at = { now: now(), timeZone };
      if (!client || isOutdated(client, ageGroup, at)) return;

      const cause = ownCause('clients', at.now);
      await record(tx, cause, ageGroupFact(client, ageGroup === null ? 'RECORD' : 'BIRTHDAY', at));
      await awaitNextAgeGroup(tx, client, at);
    });
}

/** Whether the date of birth has been corrected since; then another timer waits. */
function isOutdated(client: Client, ageGroup: string | null, at: Moment): boolean {
  if (ageGroup === null || ageGroupOf(client, at) === ageGroup) return false;
  // The clock of the database is ahead of ours. A job that fails is run again a little later.
  if (nextAgeGroupOf(client, at)?.ageGroup === ageGroup) throw new Error('The birthday has not come yet');
  return true;
}
