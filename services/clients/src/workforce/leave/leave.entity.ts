import { loaderByOwner } from '@throughline/graphql';
import DataLoader from 'dataloader';
import { EntitySchema, type EntityManager } from 'typeorm';
import { findLoads } from '../caseload/caseload.entity.ts';
import { coverCaseloadOf, sharing, type CoverCaseload } from './cover-caseload.ts';
import type { StaffLeave } from './leave.ts';

export const StaffLeaveEntity = new EntitySchema<StaffLeave>({
  name: 'StaffLeave',
  tableName: 'staff_leave',
  columns: {
    id: { type: 'uuid', primary: true },
    staffId: { type: 'uuid', name: 'staff_id' },
    startsOn: { type: 'date', name: 'starts_on' },
    endsOn: { type: 'date', name: 'ends_on' },
    coverId: { type: 'uuid', name: 'cover_id', nullable: true },
    recordedAt: { type: 'timestamptz', name: 'recorded_at' },
    recordedBy: { type: 'uuid', name: 'recorded_by' },
    cancelledAt: { type: 'timestamptz', name: 'cancelled_at', nullable: true },
    version: { type: 'integer' },
  },
});

export function leaveLoaders(db: EntityManager) {
  const order = { startsOn: 'ASC', id: 'ASC' } as const;
  const leaveByCover = loaderByOwner(db, StaffLeaveEntity, 'coverId', order);
  return {
    leaveByStaff: loaderByOwner(db, StaffLeaveEntity, 'staffId', order),
    leaveByCover,
    coverCaseload: new DataLoader((leaves: readonly StaffLeave[]) =>
      coverCaseloads(db, leaves, leaveByCover),
    ),
  };
}

/** Three statements for any number of absences. */
async function coverCaseloads(
  db: EntityManager,
  leaves: readonly StaffLeave[],
  byCover: DataLoader<string, StaffLeave[]>,
): Promise<(CoverCaseload | null)[]> {
  const placed = await Promise.all(
    leaves.map(async (leave) => (leave.coverId ? sharing(leave, await byCover.load(leave.coverId)) : [])),
  );
  const ids = leaves.flatMap(({ coverId }, index) => [coverId ?? [], placed[index] ?? []].flat());
  const found = await findLoads(db, [...new Set(ids)]);
  return leaves.map(({ coverId }, index) => {
    const own = coverId ? found.get(coverId) : undefined;
    const added = (placed[index] ?? []).flatMap((id) => found.get(id)?.loads ?? []);
    return own ? coverCaseloadOf(own, added) : null;
  });
}
