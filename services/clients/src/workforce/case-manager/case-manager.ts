import type { Decision } from '@throughline/command/decision';
import { staffRecorded, type Fact } from '@throughline/events';
import { invalidInput, type InputIssue } from '@throughline/graphql/problems';
import { isTimeZone } from '@throughline/privacy';

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
  version: number;
}

/** A field that is left out stays as it is; null removes the value. */
export type StaffDraft = {
  [Field in keyof Omit<StaffMember, 'id' | 'version'>]?: StaffMember[Field] | null | undefined;
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
  const staff = {
    ...unknown,
    version: 1,
    ...known,
    ...(Object.fromEntries(values) as Partial<StaffMember>),
    id,
  };
  const faults = staffFaults(staff);
  if (faults.length > 0) return invalidInput(faults);

  const facts = [standingFact(staff, now)];
  return known ? { update: staff, facts } : { insert: staff, facts };
}

/** The staff record for other services: the supervisor, and no name. */
export function standingFact(staff: StaffMember, now: Date): Fact {
  const { id: staffId, supervisorId, roles, timeZone, active } = staff;
  return staffRecorded.of(staffId, now, { staffId, supervisorId, roles, timeZone, active });
}

const unknown: Omit<StaffMember, 'id' | 'version'> = {
  name: '',
  email: null,
  roles: [],
  supervisorId: null,
  languages: [],
  specialties: [],
  timeZone: null,
  active: true,
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
