import type { Decision } from '@throughline/command/decision';
import { staffRecorded, type Fact } from '@throughline/events';
import { invalidInput, type InputIssue } from '@throughline/graphql/problems';
import { isTimeZone } from '@throughline/privacy';
import { profileFaults, type Education, type WorkingHours } from './staff-profile.ts';
import type { PopulationGroup } from './whom-and-where.ts';

/** A member of staff in any role. The id is the subject of the sign-in. */
export interface StaffMember {
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
  phone: string | null;
  employeeNo: string | null;
  education: Education[];
  settings: string[];
  populations: PopulationGroup[];
  gender: string | null;
  cultures: string[];
  /** Share of full-time work, up to 1. */
  fte: number;
  hours: WorkingHours[];
  onCall: boolean;
  /** The program model whose limits count. */
  programCode: string;
  /** On leave now; leave keeps it. */
  away: boolean;
  /** Who stands in now; leave keeps it. */
  coverId: string | null;
  version: number;
}

/** What leave and the system keep: no caller sets it. */
type Kept = 'id' | 'version' | 'away' | 'coverId';

/** A field that is left out stays as it is; null removes the value. */
export type StaffDraft = {
  [Field in keyof Omit<StaffMember, Kept>]?: StaffMember[Field] | null | undefined;
};

/** Creates or changes a staff record. The fact has the supervisor and no name. */
export function recordStaff(
  known: StaffMember | null,
  id: string,
  draft: StaffDraft,
  now: Date,
): Decision<StaffMember> {
  const given = Object.entries(draft).filter(([field, value]) => field in unknown && value !== undefined);
  const values = given.map(
    ([field, value]) => [field, value ?? unknown[field as keyof typeof unknown]] as const,
  );
  const staff: StaffMember = {
    ...unknown,
    ...{ version: 1, away: false, coverId: null },
    ...known,
    ...(Object.fromEntries(values) as Partial<StaffMember>),
    id,
  };
  const faults = [...staffFaults(staff), ...profileFaults(staff, now)];
  if (faults.length > 0) return invalidInput(faults);

  const facts = [standingFact(staff, now)];
  return known ? { update: staff, facts } : { insert: staff, facts };
}

/** The staff record for other services: the supervisor, who is away and who stands in, and no name. */
export function standingFact(staff: StaffMember, now: Date): Fact {
  const { id: staffId, supervisorId, roles, timeZone, active, away, coverId } = staff;
  const standing = { staffId, supervisorId, roles, timeZone, active, away, coverId };
  return staffRecorded.of(staffId, now, standing);
}

const unknown: Omit<StaffMember, Kept> = {
  name: '',
  email: null,
  roles: [],
  supervisorId: null,
  languages: [],
  specialties: [],
  timeZone: null,
  active: true,
  phone: null,
  employeeNo: null,
  education: [],
  settings: [],
  populations: [],
  gender: null,
  cultures: [],
  fte: 1,
  hours: [],
  onCall: false,
  programCode: 'STANDARD',
};

function staffFaults({ name, email, roles, timeZone }: StaffMember): InputIssue[] {
  const faults = [
    name.trim() === '' && { path: 'name', code: 'MISSING', message: 'A name is needed.' },
    roles.length === 0 && { path: 'roles', code: 'MISSING', message: 'Name one role at least.' },
    email && !isEmail(email) && { path: 'email', code: 'INVALID_FORMAT', message: 'Not an e-mail address.' },
    timeZone &&
      !isTimeZone(timeZone) && { path: 'timeZone', code: 'UNKNOWN', message: 'Not an IANA time zone.' },
  ];
  const unknownRoles = roles.flatMap((role, index) =>
    staffRoles.has(role)
      ? []
      : [{ path: `roles.${String(index)}`, code: 'UNKNOWN', message: 'There is no such role.' }],
  );
  return [...faults.filter((fault) => typeof fault === 'object' && fault !== null), ...unknownRoles];
}

/** Source: infra/reference/domain.md 1.5. */
const staffRoles: ReadonlySet<string> = new Set([
  'CASE_MANAGER',
  'SUPERVISOR',
  'CLINICIAN',
  'PEER_SPECIALIST',
  'INTAKE_WORKER',
  'PROGRAM_ADMIN',
  'PRIVACY_OFFICER',
  'QUALITY_ANALYST',
  'PLATFORM_ENGINEER',
]);

/** Whether a text looks like an e-mail address. */
export function isEmail(text: string): boolean {
  return text.length <= 254 && /^[^\s@]{1,64}@[^\s@]+\.[^\s@]{2,}$/.test(text);
}

/** Whether a member of staff can lead a case. */
export function canLeadCases({ active, roles }: StaffMember): boolean {
  return active && roles.includes('CASE_MANAGER');
}
