import { staffRecorded } from '@throughline/events';
import { defineProjection, on } from '@throughline/messaging';
import { StaffEntity } from './staff.entity.ts';

/** Keeps who supervises whom, who holds which role, and whose night it is. */
const onStaffRecorded = on(staffRecorded, async (tx, { staffId, ...rest }) => {
  await tx.upsert(StaffEntity, { id: staffId, ...rest }, ['id']);
});

export const staffProjection = defineProjection({
  name: 'staff',
  tables: ['staff'],
  reactions: [onStaffRecorded],
});
