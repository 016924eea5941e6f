import { demonstrationPeople, type StaffPerson } from '@throughline/sign-in';
import type { StaffPlan } from './plan.ts';
import { idOf, turn } from './seeded.ts';
import { profileOf } from './workforce.ts';

const colleagues = [
  'Aurelio Banditt',
  'Brisa Tannenhill',
  'Cormac Delaroux',
  'Dagny Ashgrove',
  'Ewa Longstreth',
  'Felipe Orrinson',
  'Gwenda Mistral',
  'Hakim Brightmoor',
  'Ilse Kowalden',
  'Jabari Fennimore',
];
const secondSupervisor = 'Konstanze Abramhale';
const secondClinician = 'Sefa Winterbourne';
const specialties = ['ADDICTION', 'HOUSING', 'YOUTH', 'OLDER_ADULTS', 'REENTRY', 'CHRONIC_ILLNESS'];
const tongues = [['en'], ['en', 'es'], ['en', 'ht'], ['en', 'ar'], ['en', 'vi'], ['en', 'pt']];

/** Supervisors first, because a record names its supervisor. Everybody of the sign-in is among them. */
export function planStaff(seed: string): StaffPlan[] {
  const signedIn = demonstrationPeople.filter((person): person is StaffPerson => person.kind === 'STAFF');
  const second = { id: idOf(seed, 'staff', 'supervisor'), name: secondSupervisor, roles: ['SUPERVISOR'] };
  const ines = signedIn.find(({ roles }) => roles.includes('SUPERVISOR'));
  const others = colleagues.map((name, index) => ({
    id: idOf(seed, 'staff', index),
    name,
    roles: ['CASE_MANAGER'],
    supervisorId: index < 4 && ines ? ines.id : second.id,
  }));
  // Noor Haldane of the sign-in takes turns with a second clinician.
  const clinician = {
    ...{ id: idOf(seed, 'staff', 'clinician'), name: secondClinician, roles: ['CLINICIAN'] },
    supervisorId: ines?.id ?? second.id,
  };
  const all: Pick<StaffPerson, 'id' | 'name' | 'roles' | 'supervisorId'>[] = [
    ...signedIn,
    second,
    ...others,
    clinician,
  ];
  return all.map(describe).sort((a, b) => rankOf(a) - rankOf(b));
}

function describe(
  { id, name, roles, supervisorId }: Pick<StaffPerson, 'id' | 'name' | 'roles' | 'supervisorId'>,
  index: number,
): StaffPlan {
  return {
    id,
    name,
    email: `${name.toLowerCase().replaceAll(/[^a-z]+/g, '.')}@riverbend.example`,
    roles: [...roles],
    ...(supervisorId && { supervisorId }),
    languages: turn(tongues, index),
    specialties: roles.includes('CASE_MANAGER') ? [turn(specialties, index)] : [],
    timeZone: 'America/New_York',
    ...profileOf(index, roles),
  };
}

const rankOf = ({ roles }: StaffPlan): number => (roles.includes('SUPERVISOR') ? 0 : 1);

/** Who leads cases, the two of the sign-in first. */
export function caseManagersOf(staff: readonly StaffPlan[]): StaffPlan[] {
  return staff.filter(({ roles }) => roles.includes('CASE_MANAGER'));
}
