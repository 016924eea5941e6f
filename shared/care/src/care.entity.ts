import { EntitySchema } from 'typeorm';
import type { Care } from './care.ts';

/** What the last staff record says of a member of staff. */
export interface StaffStanding {
  staffId: string;
  supervisorId: string | null;
  /** Null: the record was heard before roles were kept here; rebuild the projection `care`. */
  roles: string[] | null;
  active: boolean;
}

export const CareEntity = new EntitySchema<Care>({
  name: 'Care',
  tableName: 'care',
  columns: {
    clientId: { type: 'uuid', primary: true, name: 'client_id' },
    caseId: { type: 'uuid', name: 'case_id', nullable: true },
    caseOpen: { type: 'boolean', name: 'case_open' },
    caseManagerId: { type: 'uuid', name: 'case_manager_id', nullable: true },
    supervisorId: { type: 'uuid', name: 'supervisor_id', nullable: true },
    registeredBy: { type: 'text', name: 'registered_by', nullable: true },
    queued: { type: 'boolean' },
  },
});

export const StaffStandingEntity = new EntitySchema<StaffStanding>({
  name: 'StaffStanding',
  tableName: 'staff_standing',
  columns: {
    staffId: { type: 'uuid', primary: true, name: 'staff_id' },
    supervisorId: { type: 'uuid', name: 'supervisor_id', nullable: true },
    roles: { type: 'text', array: true, nullable: true },
    active: { type: 'boolean' },
  },
});

export const careEntities = [CareEntity, StaffStandingEntity];
