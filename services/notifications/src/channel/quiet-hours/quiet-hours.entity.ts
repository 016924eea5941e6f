import { EntitySchema } from 'typeorm';
import type { QuietHours } from './quiet-hours.ts';

/** Quiet hours that a person chose. */
export interface OwnQuietHours extends QuietHours {
  staffId: string;
  changedAt: Date;
}

export const QuietHoursEntity = new EntitySchema<OwnQuietHours>({
  name: 'QuietHours',
  tableName: 'quiet_hours',
  columns: {
    staffId: { type: 'uuid', primary: true, name: 'staff_id' },
    from: { type: 'text' },
    to: { type: 'text' },
    changedAt: { type: 'timestamptz', name: 'changed_at' },
  },
});
