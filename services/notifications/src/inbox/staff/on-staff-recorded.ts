import { staffRecorded } from '@throughline/events';
import { defineProjection, on } from '@throughline/messaging';
import { StaffEntity } from './staff.entity.ts';

/** Stores supervisor, roles and time zone of each member of staff. */
const onStaffRecorded = on(staffRecorded, async (tx, { staffId, ...rest }) => {
  await tx.upsert(StaffEntity, { id: staffId, ...rest }, ['id']);
});

export const staffProjection = defineProjection({
  concern: 'access',
  name: 'staff',
  tables: ['staff'],
  reactions: [onStaffRecorded],
});
