import { EntitySchema } from 'typeorm';
import type { Deed } from './recap.ts';

export const DeedEntity = new EntitySchema<Deed>({
  name: 'Deed',
  tableName: 'deed',
  columns: {
    staffId: { type: 'uuid', primary: true, name: 'staff_id' },
    kind: { type: 'text', primary: true },
    subjectId: { type: 'uuid', primary: true, name: 'subject_id' },
    doneAt: { type: 'timestamptz', name: 'done_at' },
  },
});
