import { caseloadBandChanged, ownCause } from '@throughline/events';
import { record, type Job } from '@throughline/messaging';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { caseloadOf, type CaseloadBand } from './caseload.ts';
import { findLoads } from './caseload.entity.ts';

/** The database schedules it for each cause: assignment, tier, state, modifier, share of work, program and leave. */
export const bandJob = 'caseload.band';

const payloadShape = z.object({ staffId: z.uuid() });

/** Computes a caseload again, and tells its band when that is another one. A second run tells nothing. */
export function tellBand({ now }: { now: () => Date }): Job {
  return (payload, { dataSource }) =>
    dataSource.transaction(async (tx) => {
      const { staffId } = payloadShape.parse(payload);
      const known = await lockBand(tx, staffId);
      const own = (await findLoads(tx, [staffId])).get(staffId);
      if (!own) return;
      const { band } = caseloadOf(own.loads, own.limits);
      if (band === known) return;
      const at = now();
      await tx.query('update caseload_band set band = $2, told_at = $3 where staff_id = $1', [
        staffId,
        band,
        at,
      ]);
      const cause = ownCause('clients', at);
      await record(tx, cause, caseloadBandChanged.of(staffId, at, { staffId, band }));
    });
}

/** The band that was told last; OK when none was. Locked, so that two runs do not tell the same. */
async function lockBand(tx: EntityManager, staffId: string): Promise<CaseloadBand> {
  await tx.query(`insert into caseload_band (staff_id, band) values ($1, 'OK') on conflict do nothing`, [
    staffId,
  ]);
  const rows: { band: CaseloadBand }[] = await tx.query(
    'select band from caseload_band where staff_id = $1 for no key update',
    [staffId],
  );
  return rows[0]?.band ?? 'OK';
}
