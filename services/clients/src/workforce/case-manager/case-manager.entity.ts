import { EntitySchema } from 'typeorm';
import type { CaseManager } from './case-manager.ts';

export const CaseManagerEntity = new EntitySchema<CaseManager>({
  name: 'CaseManager',
  tableName: 'case_manager',
  columns: {
    id: { type: 'uuid', primary: true },
    name: { type: 'text' },
    email: { type: 'text', nullable: true },
    roles: { type: 'text', array: true },
    supervisorId: { type: 'uuid', name: 'supervisor_id', nullable: true },
    languages: { type: 'text', array: true },
    specialties: { type: 'text', array: true },
    timeZone: { type: 'text', name: 'time_zone', nullable: true },
    active: { type: 'boolean' },
    version: { type: 'integer' },
  },
});
