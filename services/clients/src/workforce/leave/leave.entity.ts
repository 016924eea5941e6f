import { loaderByOwner } from '@throughline/graphql';
import { EntitySchema, type EntityManager } from 'typeorm';
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
  return { leaveByStaff: loaderByOwner(db, StaffLeaveEntity, 'staffId', { startsOn: 'ASC', id: 'ASC' }) };
}
