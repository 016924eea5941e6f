import { staffRecorded, type Fact } from '@throughline/events';

/** A member of staff, in whatever role. The id is the subject of the sign-in. */
export interface CaseManager {
  id: string;
  name: string;
  email: string | null;
  roles: string[];
  supervisorId: string | null;
  languages: string[];
  specialties: string[];
  /** IANA name. */
  timeZone: string | null;
  active: boolean;
  version: number;
}

/** What others hear: who supervises whom, and nothing that names them. */
export function staffFact(staff: CaseManager, now: Date): Fact {
  const { id: staffId, supervisorId, roles, timeZone, active } = staff;
  return staffRecorded.of(staffId, now, { staffId, supervisorId, roles, timeZone, active });
}

/** Whether somebody can lead a case. */
export function canLeadCases({ active, roles }: CaseManager): boolean {
  return active && roles.includes('CASE_MANAGER');
}
