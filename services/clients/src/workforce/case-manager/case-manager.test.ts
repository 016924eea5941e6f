import { recordStaff, type StaffDraft } from './case-manager.ts';

const now = new Date('2026-11-27T12:00:00Z');
const id = '0193a000-0000-7000-8000-000000000001';
const draft = { name: 'Maria Vance', roles: ['CASE_MANAGER'], email: 'maria@example.org', languages: ['es'] };
const degree = { degree: 'Master', field: 'Social work', institution: 'State University', year: 2014 };
const known = {
  ...draft,
  id,
  supervisorId: null,
  specialties: ['MOUD'],
  timeZone: null,
  active: true,
  ...{
    phone: null,
    employeeNo: null,
    education: [],
    settings: [],
    populations: [],
    gender: null,
    cultures: [],
  },
  ...{ fte: 1, hours: [], onCall: false, programCode: 'STANDARD', away: false, coverId: null },
  version: 3,
};

describe('a staff record', () => {
  it('keeps what is not given, and loses what is null', () => {
    expect(recordStaff(known, id, { email: null, active: false }, now)).toMatchObject({
      update: { ...known, email: null, active: false },
      facts: [{ data: { staffId: id, roles: ['CASE_MANAGER'], active: false } }],
    });
    expect(recordStaff(known, id, { languages: null }, now)).toMatchObject({ update: { languages: [] } });
  });

  it('begins with a name and a role', () => {
    expect(recordStaff(null, id, draft, now)).toMatchObject({
      insert: { ...draft, version: 1, active: true },
    });
    expect(recordStaff(null, id, {}, now)).toMatchObject({ issues: [{ path: 'name' }, { path: 'roles' }] });
  });

  it.each([
    ['an e-mail address', { email: 'maria@' }, 'email INVALID_FORMAT'],
    ['a time zone', { timeZone: 'Mars/Olympus' }, 'timeZone UNKNOWN'],
    ['a degree of the past', { education: [{ ...degree, year: 2027 }] }, 'education.0.year OUT_OF_RANGE'],
    ['a day that ends', { hours: [{ day: 'MON', from: '17:00', to: '09:00' }] }, 'hours.0.to OUT_OF_RANGE'],
    ['a time', { hours: [{ day: 'MON', from: '9', to: '17:00' }] }, 'hours.0.from INVALID_FORMAT'],
    ['a care setting', { settings: ['HOSPITAL', 'MOON'] }, 'settings.1 UNKNOWN'],
    ['a role of staff', { roles: ['CASE_MANAGER', 'SYSTEM'] }, 'roles.1 UNKNOWN'],
  ])('names %s that exists', (_what, change, fault) => {
    const decision = recordStaff(known, id, change as StaffDraft, now) as {
      issues?: { path: string; code: string }[];
    };
    expect(decision.issues?.map(({ path, code }) => `${path} ${code}`)).toEqual([fault]);
  });
});
