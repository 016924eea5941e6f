import { EntitySchema } from 'typeorm';
import type { Absence } from './absence.ts';

export const AbsenceEntity = new EntitySchema<Absence>({
  name: 'Absence',
  tableName: 'absence',
  columns: {
    id: { type: 'uuid', primary: true },
    staffId: { type: 'uuid', name: 'staff_id' },
    coverId: { type: 'uuid', name: 'cover_id', nullable: true },
    beganAt: { type: 'timestamptz', name: 'began_at' },
    endedAt: { type: 'timestamptz', name: 'ended_at', nullable: true },
  },
});
