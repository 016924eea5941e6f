import { EntitySchema } from 'typeorm';
import type { OnCallDuty } from './on-call.ts';

export const OnCallEntity = new EntitySchema<OnCallDuty>({
  name: 'OnCallDuty',
  tableName: 'on_call',
  columns: {
    id: { type: 'uuid', primary: true },
    staffId: { type: 'uuid', name: 'staff_id' },
    from: { type: 'timestamptz', name: 'begins_at' },
    until: { type: 'timestamptz', name: 'ends_at' },
    plannedBy: { type: 'uuid', name: 'planned_by' },
  },
});
