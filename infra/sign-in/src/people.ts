/** Everyone here is invented. The ids are fixed, so that demonstration data can name the same people. */
const id = (tail: string): string => `0193a000-0000-7000-8000-${tail.padStart(12, '0')}`;

export interface DemonstrationAgency {
  id: string;
  name: string;
}

export const demonstrationAgencies = {
  shelter: { id: id('a1'), name: 'Northlight Shelter' },
  detox: { id: id('a2'), name: 'Stillwater Detox Clinic' },
} satisfies Record<string, DemonstrationAgency>;

interface Person {
  /** The short name that is typed: `npm run -s token -- maria`. */
  key: string;
  /** The `sub` of the token. */
  id: string;
  name: string;
  roles: readonly string[];
}

export interface StaffPerson extends Person {
  kind: 'STAFF';
  supervisorId?: string;
}

export interface PartnerPerson extends Person {
  kind: 'PARTNER';
  agencyId: string;
}

/** A program of a partner agency; it signs in with client credentials. */
export interface PartnerSystem extends Person {
  kind: 'PARTNER_SYSTEM';
  agencyId: string;
  clientId: string;
  clientSecret: string;
}

export type DemonstrationPerson = StaffPerson | PartnerPerson | PartnerSystem;

const { shelter, detox } = demonstrationAgencies;
const ines = id('03');

export const demonstrationPeople: readonly DemonstrationPerson[] = [
  {
    kind: 'STAFF',
    key: 'maria',
    id: id('01'),
    name: 'Maria Ostervald',
    roles: ['CASE_MANAGER'],
    supervisorId: ines,
  },
  {
    kind: 'STAFF',
    key: 'jonah',
    id: id('02'),
    name: 'Jonah Pellworth',
    roles: ['CASE_MANAGER'],
    supervisorId: ines,
  },
  { kind: 'STAFF', key: 'ines', id: ines, name: 'Ines Calloway', roles: ['SUPERVISOR'] },
  { kind: 'STAFF', key: 'tomasz', id: id('04'), name: 'Tomasz Verrin', roles: ['PRIVACY_OFFICER'] },
  {
    kind: 'STAFF',
    key: 'leila',
    id: id('05'),
    name: 'Leila Marchbank',
    roles: ['INTAKE_WORKER'],
    supervisorId: ines,
  },
  { kind: 'STAFF', key: 'ruth', id: id('06'), name: 'Ruth Adeyinka-Holm', roles: ['PROGRAM_ADMIN'] },
  {
    kind: 'STAFF',
    key: 'noor',
    id: id('07'),
    name: 'Noor Haldane',
    roles: ['CLINICIAN'],
    supervisorId: ines,
  },
  {
    kind: 'PARTNER',
    key: 'amara',
    id: id('11'),
    name: 'Amara Lindqvist',
    roles: ['PARTNER_INTAKE'],
    agencyId: shelter.id,
  },
  {
    kind: 'PARTNER',
    key: 'hanne',
    id: id('12'),
    name: 'Hanne Tollack',
    roles: ['PARTNER_ADMIN'],
    agencyId: shelter.id,
  },
  {
    kind: 'PARTNER',
    key: 'dario',
    id: id('13'),
    name: 'Dario Fenwick',
    roles: ['PARTNER_INTAKE'],
    agencyId: detox.id,
  },
  {
    kind: 'PARTNER_SYSTEM',
    key: 'shelter-system',
    id: id('21'),
    name: 'Northlight Shelter intake system',
    roles: ['PARTNER_SYSTEM'],
    agencyId: shelter.id,
    clientId: 'northlight-shelter-system',
    clientSecret: 'for-demonstration-only-northlight',
  },
];
