import { EntitySchema } from 'typeorm';
import type { Staff } from './staff.ts';

export const StaffEntity = new EntitySchema<Staff>({
  name: 'Staff',
  tableName: 'staff',
  columns: {
    id: { type: 'uuid', primary: true },
    supervisorId: { type: 'uuid', name: 'supervisor_id', nullable: true },
    roles: { type: 'text', array: true },
    timeZone: { type: 'text', name: 'time_zone', nullable: true },
    active: { type: 'boolean' },
    away: { type: 'boolean', default: false },
    coverId: { type: 'uuid', name: 'cover_id', nullable: true },
  },
});
