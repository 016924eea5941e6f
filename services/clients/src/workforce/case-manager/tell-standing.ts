import { lockRow } from '@throughline/command';
import { uuidV7 } from '@throughline/events';
import { record, type Job } from '@throughline/messaging';
import { z } from 'zod';
import { StaffMemberEntity } from './case-manager.entity.ts';
import { standingFact } from './case-manager.ts';

export const standingJob = 'staff.standing';

const payloadShape = z.object({ staffId: z.uuid() });

/**
 * Records a staff record as it is now, for services that keep more of it than they did. A second run records the
 * same again, which is harmless.
 */
export function tellStanding({ now }: { now: () => Date }): Job {
  return (payload, { dataSource }) =>
    dataSource.transaction(async (tx) => {
      const staff = await lockRow(tx, StaffMemberEntity, payloadShape.parse(payload).staffId);
      if (!staff) return;
      const at = now();
      const cause = { actor: { kind: 'SYSTEM' as const, id: 'clients' }, correlationId: uuidV7(at) };
      await record(tx, cause, standingFact(staff, at));
    });
}
