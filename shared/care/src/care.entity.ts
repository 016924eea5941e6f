import { EntitySchema } from 'typeorm';
import type { Care } from './care.ts';
import { CareResponderEntity } from './responder.entity.ts';

/** The row of a client: everything but care team, responders and covers, which have tables of their own. */
export type CareRow = Omit<Care, 'team' | 'responders' | 'coverId' | 'supervisorCoverId'>;

/** Somebody with a role on the case that is not the primary one. */
export interface CareMember {
  clientId: string;
  caseId: string;
  staffId: string;
  role: string;
}

/** What the last staff record says of a member of staff. */
export interface StaffStanding {
  staffId: string;
  supervisorId: string | null;
  /** Null: the record was heard before roles were kept here; rebuild the projection `care`. */
  roles: string[] | null;
  active: boolean;
  /** Who stands in now, while the person is on leave. */
  coverId: string | null;
}

export const CareEntity = new EntitySchema<CareRow>({
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
    coverId: { type: 'uuid', name: 'cover_id', nullable: true },
  },
});

export const CareMemberEntity = new EntitySchema<CareMember>({
  name: 'CareMember',
  tableName: 'care_member',
  columns: {
    clientId: { type: 'uuid', primary: true, name: 'client_id' },
    caseId: { type: 'uuid', primary: true, name: 'case_id' },
    staffId: { type: 'uuid', primary: true, name: 'staff_id' },
    role: { type: 'text', primary: true },
  },
});

export const careEntities = [CareEntity, CareMemberEntity, CareResponderEntity, StaffStandingEntity];
