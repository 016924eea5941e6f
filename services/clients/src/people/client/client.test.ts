import fc from 'fast-check';
import { ageBandOf, amend, emptyRecord, register, restrict } from './client.ts';
import { recordFaults } from './personal-record.ts';

const now = new Date('2026-11-23T12:00:00Z');
const at = { now, timeZone: 'UTC' };
const staff = '0193a000-0000-7000-8000-000000000001';
const codes = (changes: object) =>
  recordFaults({ ...emptyRecord('Rosalind'), ...changes }, at).map(({ path, code }) => `${path} ${code}`);

describe('what is written down about a person', () => {
  it.each([
    ['nothing but a name', {}, []],
    ['an emoji', { nameToUse: 'Ros 🌻👩🏽‍🚀' }, []],
    ['Arabic with a direction mark', { nameToUse: '\u200fروزالیند' }, []],
    ['blanks for a name', { legalName: '  ' }, ['legalName MISSING']],
    ['a name that nobody can see', { legalName: ' \u200b\u2060 ' }, ['legalName MISSING']],
    ['a birthday today', { dateOfBirth: '2026-11-23' }, []],
    ['a birthday next year', { dateOfBirth: '2027-11-23' }, ['dateOfBirth IN_FUTURE']],
    ['a birthday in 1800', { dateOfBirth: '1800-01-01' }, ['dateOfBirth TOO_EARLY']],
    ['a group twice', { populations: ['LEP', 'LEP'] }, ['populations DUPLICATE']],
    ['a long postal code', { postalCode: '33101-1234' }, []],
    ['the code of a shelter', { livingSituation: '101' }, []],
  ])('is checked: %s', (_what, changes, faults) => {
    expect(codes(changes)).toEqual(faults);
  });

  it.each([
    ['PHONE', '+13055550123', true],
    ['PHONE', '+1 305 555 0123', false],
    ['PHONE', '3055550123', false],
    ['EMAIL', 'ros@example.org', true],
    ['EMAIL', 'ros@', false],
  ])('takes %s %s: %s', (kind, value, ok) => {
    expect(codes({ contactPoints: [{ kind, value, label: null, extension: null }] }).length === 0).toBe(ok);
  });

  it('never repeats what was given in a message', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 12 }), (text) => {
        const record = { ...emptyRecord(text), postalCode: text, county: text, livingSituation: text };
        return recordFaults(record, at).every(({ message }) => !message.includes(text));
      }),
    );
  });
});

describe('the age band', () => {
  it.each([
    ['2026-11-23', 'AGE_0_12'],
    ['2008-11-24', 'AGE_13_17'],
    ['2008-11-23', 'AGE_18_24'],
    ['1961-11-24', 'AGE_55_64'],
    ['1961-11-23', 'AGE_65_PLUS'],
  ])('of %s is %s', (dateOfBirth, band) => {
    expect(ageBandOf({ dateOfBirth, birthYear: null, statedAgeBand: 'AGE_35_44' }, at)).toBe(band);
  });

  it.each([
    ['America/New_York', '2026-11-24T04:30Z', '2026-11-24T05:30Z', '2008-11-24'],
    ['America/New_York', '2026-03-09T03:30Z', '2026-03-09T04:30Z', '2008-03-09'],
    ['America/New_York', '2026-11-02T04:30Z', '2026-11-02T05:30Z', '2008-11-02'],
    ['Asia/Kolkata', '2026-11-23T18:00Z', '2026-11-23T19:00Z', '2008-11-24'],
  ])(
    'in %s changes between %s and %s, at the start of the birthday',
    (timeZone, late, early, dateOfBirth) => {
      const bandAt = (text: string) =>
        ageBandOf({ dateOfBirth, birthYear: null, statedAgeBand: null }, { now: new Date(text), timeZone });
      expect(bandAt(late)).toBe('AGE_13_17');
      expect(bandAt(early)).toBe('AGE_18_24');
    },
  );

  it('is as stated when the date of birth is not known', () => {
    expect(ageBandOf({ dateOfBirth: null, birthYear: null, statedAgeBand: 'AGE_35_44' }, at)).toBe(
      'AGE_35_44',
    );
  });
});

describe('facts about a client', () => {
  const { client } = register(emptyRecord('Rosalind Ferro'), { staffId: staff, caseNumber: 'TL-1' }, now);

  it('carry no personal data', () => {
    const { facts = [] } = amend(client, { legalName: 'Secret', contactPoints: [] }, now);
    const data = { clientId: client.id, changedFields: ['legalName'], version: 2 };
    expect(facts.map((fact) => fact.data)).toEqual([data]);
    const restricted = restrict(client, true, now).facts ?? [];
    const { id: clientId } = client;
    expect(restricted.map((fact) => fact.data)).toEqual([
      { clientId, restrictAll: true, blockedAgencyIds: [] },
    ]);
  });

  it('tells which agencies are blocked when the client changes that', () => {
    const agencyId = staff;
    const { facts = [] } = amend(client, { blockedAgencyIds: [agencyId] }, now);
    expect(facts.map(({ type }) => type)).toEqual(['ClientUpdated', 'ClientRestrictionChanged']);
    expect(facts[1]?.data).toMatchObject({ restrictAll: false, blockedAgencyIds: [agencyId] });
  });
});
