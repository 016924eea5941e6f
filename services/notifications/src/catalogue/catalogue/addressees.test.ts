import fc from 'fast-check';
import { directoryOf, isPresent, lineAbove, type Staff } from '../../inbox/staff/staff.ts';
import { addresseesOf, nobody, type Named } from './addressees.ts';
import { notificationCodes } from '../../inbox/notification/notification.ts';
import { entryOf, mustBeAcknowledged } from './catalogue.ts';

const aStaff = (id: string, more: Partial<Staff> = {}): Staff => ({
  id,
  supervisorId: null,
  roles: ['CASE_MANAGER'],
  timeZone: null,
  active: true,
  away: false,
  coverId: null,
  ...more,
});

const team = [
  aStaff('maria', { supervisorId: 'sam' }),
  aStaff('sam', { supervisorId: 'ada', roles: ['SUPERVISOR'] }),
  aStaff('ada', { roles: ['SUPERVISOR'] }),
  aStaff('pat', { roles: ['PROGRAM_ADMIN'] }),
  aStaff('flo', { roles: ['PRIVACY_OFFICER'] }),
  aStaff('eng', { roles: ['PLATFORM_ENGINEER'] }),
];
const without = (...gone: string[]) =>
  directoryOf(team.map((one) => (gone.includes(one.id) ? { ...one, active: false } : one)));
const flag: Named = { ...nobody, authorId: 'maria', caseManagerId: 'maria', supervisorId: 'sam' };

describe('who is told', () => {
  it.each([
    ['author and supervisor', flag, [], ['maria', 'sam']],
    ['the supervisor is away: the next above', flag, ['sam'], ['maria', 'ada']],
    ['the whole line is away: a program administrator', flag, ['sam', 'ada'], ['maria', 'pat']],
    ['the author has left: her supervisor alone', flag, ['maria'], ['sam']],
    ['an author who is the supervisor: the next above', { ...flag, authorId: 'sam' }, [], ['sam', 'ada']],
    ['no supervisor in the fact: the one on record', { ...flag, supervisorId: null }, [], ['maria', 'sam']],
    ['nobody is there: the platform engineers', flag, ['maria', 'sam', 'ada', 'pat'], ['eng']],
    [
      'nobody at all: those named, so that it is not lost',
      flag,
      team.map(({ id }) => id),
      ['maria', 'maria', 'sam'],
    ],
  ] as const)('of a safety flag: %s', (_case, named, gone, expected) => {
    const told = addresseesOf(entryOf('SCREEN_POSITIVE_SAFETY').to, named, without(...gone));
    expect(told).toEqual([...new Set(expected)]);
  });

  it('of a revoked consent: case manager and privacy officer', () => {
    const named = { ...nobody, caseManagerId: 'maria' };
    expect(addresseesOf(entryOf('CONSENT_REVOKED').to, named, without())).toEqual(['maria', 'flo']);
  });

  it('of an answer while the case manager is away: her supervisor', () => {
    const named = { ...nobody, caseManagerId: 'maria' };
    expect(addresseesOf(entryOf('REFERRAL_DECLINED').to, named, without('maria'))).toEqual(['sam']);
  });

  it('of an answer while the case manager is on leave: who stands in, else the supervisor', () => {
    const named = { ...nobody, caseManagerId: 'maria' };
    const away = (coverId: string | null, ...gone: string[]) =>
      directoryOf([
        ...team.map((one) => ({ ...one, active: !gone.includes(one.id) })),
        aStaff('jonah'),
        aStaff('maria', { supervisorId: 'sam', away: true, coverId }),
      ]);
    const { to } = entryOf('REFERRAL_DECLINED');
    expect(addresseesOf(to, named, away('jonah'))).toEqual(['jonah']);
    expect(addresseesOf(to, named, away(null))).toEqual(['sam']);
    expect(addresseesOf(to, named, away('eng', 'eng'))).toEqual(['sam']);
  });

  it('of a case without case manager: all who can assign it, else a program administrator', () => {
    const { to } = entryOf('UNASSIGNED_CASE');
    expect(addresseesOf(to, nobody, without())).toEqual(['ada', 'sam']);
    expect(addresseesOf(to, nobody, without('sam'))).toEqual(['ada']);
    expect(addresseesOf(to, nobody, without('sam', 'ada'))).toEqual(['pat']);
    expect(addresseesOf(to, nobody, without('sam', 'ada', 'pat'))).toEqual(['eng']);
  });

  it('of a gap in the care of a client: the supervisor, and somebody always', () => {
    const { to } = entryOf('CARE_GAP');
    expect(addresseesOf(to, { ...nobody, caseManagerId: 'maria' }, without())).toEqual(['sam']);
    expect(addresseesOf(to, nobody, without())).toEqual(['pat']);
  });

  it('somebody whose record has not arrived yet is told', () => {
    expect(addresseesOf(['CASE_MANAGER'], { ...nobody, caseManagerId: 'new' }, without())).toEqual(['new']);
  });
});

describe('an alert', () => {
  const ids = ['a', 'b', 'c', 'd'];
  const anyId = fc.constantFrom(...ids);
  const orNobody = fc.option(anyId, { nil: null });
  const anyStaff = fc.uniqueArray(
    fc.record({
      id: anyId,
      supervisorId: orNobody,
      roles: fc.subarray(['SUPERVISOR', 'PROGRAM_ADMIN', 'PLATFORM_ENGINEER', 'CASE_MANAGER']),
      timeZone: fc.constant(null),
      active: fc.boolean(),
      away: fc.boolean(),
      coverId: orNobody,
    }),
    { selector: ({ id }) => id },
  );
  const anyNamed = fc.record({
    authorId: anyId,
    caseManagerId: orNobody,
    supervisorId: orNobody,
    actorId: orNobody,
  });

  it('reaches at least one person, each once, for every absence and every line of supervision', () => {
    const rules = notificationCodes
      .filter(mustBeAcknowledged)
      .flatMap((code) => [entryOf(code).to, ...entryOf(code).escalation.map((step) => step.to)]);
    fc.assert(
      fc.property(anyStaff, anyNamed, fc.constantFrom(...rules), (staff, named, to) => {
        const told = addresseesOf(to, named, directoryOf(staff));
        expect(told.length).toBeGreaterThan(0);
        expect(new Set(told).size).toBe(told.length);
      }),
    );
  });

  it('reaches nobody who has left, as long as somebody is there', () => {
    fc.assert(
      fc.property(anyStaff, anyNamed, (staff, named) => {
        const directory = directoryOf(staff);
        const told = addresseesOf(entryOf('SCREEN_POSITIVE_SAFETY').to, named, directory);
        const here = told.filter((id) => isPresent(directory, id));
        expect(here.length === told.length || here.length === 0).toBe(true);
      }),
    );
  });

  it('goes to who stands in exactly while the person is away, and to the supervisor when that person is away, too', () => {
    const turns = fc.record({ mariaAway: fc.boolean(), jonahAway: fc.boolean(), named: fc.boolean() });
    fc.assert(
      fc.property(turns, ({ mariaAway, jonahAway, named }) => {
        const coverId = mariaAway && named ? 'jonah' : null;
        const directory = directoryOf([
          aStaff('maria', { supervisorId: 'sam', away: mariaAway, coverId }),
          aStaff('jonah', { supervisorId: 'sam', away: jonahAway }),
          aStaff('sam', { roles: ['SUPERVISOR'] }),
        ]);
        const told = addresseesOf(['CASE_MANAGER'], { ...nobody, caseManagerId: 'maria' }, directory);
        const inPlace = named && !jonahAway ? 'jonah' : 'sam';
        expect(told).toEqual([mariaAway ? inPlace : 'maria']);
      }),
    );
  });

  it('climbs a line that runs in a circle once', () => {
    const circle = directoryOf([aStaff('a', { supervisorId: 'b' }), aStaff('b', { supervisorId: 'a' })]);
    expect(lineAbove(circle, 'a')).toEqual(['b']);
  });
});
