import { loaderById } from '@throughline/graphql';
import DataLoader from 'dataloader';
import { EntitySchema, type EntityManager } from 'typeorm';
import type { StaffMember } from './case-manager.ts';

/** A numeric column comes as a text, so that no digit is lost. These have few digits. */
export const numeric = { from: Number, to: (value: unknown) => value };

export const StaffMemberEntity = new EntitySchema<StaffMember>({
  name: 'StaffMember',
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
    phone: { type: 'text', nullable: true },
    employeeNo: { type: 'text', name: 'employee_no', nullable: true },
    education: { type: 'jsonb' },
    settings: { type: 'text', array: true },
    populations: { type: 'text', array: true },
    gender: { type: 'text', nullable: true },
    cultures: { type: 'text', array: true },
    fte: { type: 'numeric', precision: 3, scale: 2, transformer: numeric },
    hours: { type: 'jsonb' },
    onCall: { type: 'boolean', name: 'on_call' },
    programCode: { type: 'text', name: 'program_code' },
    away: { type: 'boolean' },
    coverId: { type: 'uuid', name: 'cover_id', nullable: true },
    version: { type: 'integer' },
  },
});

const OPEN_CASES = `
  select a.case_manager_id as id, count(*)::int as count
  from assignment a join case_file f on f.id = a.case_id
  where a.case_manager_id = any($1::uuid[]) and a.role = 'PRIMARY' and a.ended_at is null
    and f.status not in ('NOT_ELIGIBLE', 'CLOSED', 'ENTERED_IN_ERROR')
  group by 1`;

export function caseManagerLoaders(db: EntityManager) {
  return {
    staffMemberById: loaderById(db, StaffMemberEntity),
    openCasesByCaseManager: new DataLoader<string, number>(async (ids) => {
      const rows: { id: string; count: number }[] = await db.query(OPEN_CASES, [ids]);
      const byId = new Map(rows.map(({ id, count }) => [id, count]));
      return ids.map((id) => byId.get(id) ?? 0);
    }),
  };
}
