import { EntitySchema } from 'typeorm';
import type { CareTeam, CareTeamStaff } from './care-team.ts';

export const CareTeamEntity = new EntitySchema<CareTeam>({
  name: 'CareTeam',
  tableName: 'care_team',
  columns: {
    clientId: { type: 'uuid', primary: true, name: 'client_id' },
    caseId: { type: 'uuid', name: 'case_id' },
    caseOpen: { type: 'boolean', name: 'case_open' },
    caseManagerId: { type: 'uuid', name: 'case_manager_id', nullable: true },
    supervisorId: { type: 'uuid', name: 'supervisor_id', nullable: true },
  },
});

export const CareTeamStaffEntity = new EntitySchema<CareTeamStaff>({
  name: 'CareTeamStaff',
  tableName: 'care_team_staff',
  columns: {
    staffId: { type: 'uuid', primary: true, name: 'staff_id' },
    supervisorId: { type: 'uuid', name: 'supervisor_id', nullable: true },
  },
});
