import { emptyRecord, register, type Client } from '../client/client.ts';
import { unknownSupport, type SupportPerson } from '../support/support-person.ts';
import { attentionOf } from './attention.ts';
import { populationRules } from './population-rules.ts';

const now = new Date('2026-11-23T12:00:00Z');
const at = { now, timeZone: 'America/New_York' };
const by = { staffId: '0193a000-0000-7000-8000-000000000001', caseNumber: 'TL-1' };
const client = (record: object): Client =>
  register({ ...emptyRecord('Rosalind'), ...record }, by, now).client;
const supporter = (fields: object) => ({ ...unknownSupport, endedAt: null, ...fields }) as SupportPerson;
const codes = (record: object, support: SupportPerson[] = [], when = at) =>
  attentionOf(client(record), support, when).map(({ code }) => code);

/** Each group of the article: what it asks, and what ends the question. */
const cases: readonly (readonly [string, string, object, readonly [object, SupportPerson[]]])[] = [
  [
    ...(['children', 'GUARDIAN_UNKNOWN'] as const),
    { dateOfBirth: '2015-03-01', consentAuthority: 'GUARDIAN' },
    [{}, [supporter({ isGuardian: true })]],
  ],
  [
    ...(['minors who sign alone', 'CONSENT_AUTHORITY'] as const),
    { dateOfBirth: '2015-03-01' },
    [{ consentAuthority: 'MINOR_SOLE' }, []],
  ],
  ['older adults', 'CAPACITY_CHECK', { dateOfBirth: '1950-03-01' }, [{ consentAuthority: 'POA' }, []]],
  [
    'people without a home',
    'PLACE_TO_FIND',
    { livingSituation: '116' },
    [{ addresses: [{ kind: 'OUTREACH' }] }, []],
  ],
  [
    'the same, without an address',
    'ASK_FOR_ADDRESS',
    { populations: ['HOMELESS'] },
    [{ addresses: [{ kind: 'MAILING' }] }, []],
  ],
  [
    ...(['people in prison', 'RELEASE_DATE'] as const),
    { custody: { facility: null, releaseOn: null } },
    [{ custody: { facility: null, releaseOn: '2028-01-01' } }, []],
  ],
  [
    'chronic illness',
    'PRIMARY_CARE',
    { populations: ['CHRONIC_ILLNESS'] },
    [{}, [supporter({ relation: 'PRIMARY_CARE' })]],
  ],
  ['addiction', 'NALOXONE', { populations: ['SUBSTANCE_USE'] }, [{ populations: [] }, []]],
  ['mental illness', 'SAFETY_PLAN', { populations: ['MENTAL_HEALTH'] }, [{ populations: [] }, []]],
  [
    ...(['limited English', 'INTERPRETER'] as const),
    { populations: ['LEP'] },
    [{ interpreterNeeded: true, preferredLanguage: 'ht' }, []],
  ],
  ['a disability', 'ACCESSIBILITY', { populations: ['DISABILITY'] }, [{ accessibilityNeeds: ['ramp'] }, []]],
];

/** The seven groups of the source article. */
const sevenGroups = [
  ...(['CHILD_YOUTH', 'OLDER_ADULT', 'HOMELESS', 'JUSTICE_INVOLVED'] as const),
  ...(['CHRONIC_ILLNESS', 'SUBSTANCE_USE', 'MENTAL_HEALTH'] as const),
];
/** What makes a rule speak that does not always speak. */
const makesSpeak: Partial<Record<string, object>> = {
  GUARDIAN_SIGNATURE: { consentAuthority: 'GUARDIAN' },
  GUARDIAN_UNKNOWN: { consentAuthority: 'GUARDIAN' },
  CONSENT_AUTHORITY: { dateOfBirth: '2015-03-01' },
  RELEASE_DATE: { custody: { facility: null, releaseOn: null } },
  ...Object.fromEntries(
    Object.entries({ 90: '2027-02-10', 60: '2027-01-10', 30: '2026-12-10' }).map(([days, releaseOn]) => [
      `RELEASE_PLAN_${days}`,
      { custody: { facility: null, releaseOn } },
    ]),
  ),
  APPOINTMENT_AFTER_RELEASE: { custody: { facility: null, releaseOn: '2026-11-20' } },
  OVERDOSE_RISK: { custody: { facility: null, releaseOn: '2026-11-20' } },
};

describe('every row of the table', () => {
  const rows = populationRules.filter(({ group }) => sevenGroups.some((one) => one === group));
  it.each(rows.map(({ group, kind, code }) => [group, kind, code] as const))(
    'of %s: %s %s is said of somebody of the group, and not of others',
    (group, kind, code) => {
      const found = attentionOf(client({ populations: [group], ...makesSpeak[code] }), [], at);
      expect(found).toContainEqual(expect.objectContaining({ code, kind, source: group }));
      expect(codes({ dateOfBirth: '1990-01-01' })).not.toContain(code);
    },
  );

  it('has for each of the seven groups something that is required or offered, and what to beware of', () => {
    const kindsOf = (group: string) => rows.filter((row) => row.group === group).map(({ kind }) => kind);
    for (const group of sevenGroups)
      expect(kindsOf(group)).toEqual(expect.arrayContaining([expect.stringMatching(/REQUIRED|OFFERED/)]));
  });
});

describe('what a group asks', () => {
  it.each(cases)('of %s: %s, until it is answered', (_who, code, record, [answer, support]) => {
    expect(codes(record)).toContain(code);
    expect(codes({ ...record, ...answer }, support)).not.toContain(code);
  });

  it('of a minor is a signature of the guardian, until the day before the birthday', () => {
    const minor = client({ dateOfBirth: '2008-11-25', consentAuthority: 'MINOR_AND_GUARDIAN' });
    expect(attentionOf(minor, [], at)).toContainEqual({
      code: 'GUARDIAN_SIGNATURE',
      kind: 'REQUIRED',
      reason: 'A guardian must sign each consent.',
      source: 'CHILD_YOUTH',
      until: '2026-11-24',
    });
    const birthday = { ...at, now: new Date('2026-11-25T05:00:00Z') };
    expect(codes({ dateOfBirth: '2008-11-25', consentAuthority: 'GUARDIAN' }, [], birthday)).not.toContain(
      'GUARDIAN_SIGNATURE',
    );
  });

  it.each([
    ['2027-02-22', []],
    ['2027-02-21', ['RELEASE_PLAN_90']],
    ['2027-01-22', ['RELEASE_PLAN_60']],
    ['2026-12-23', ['RELEASE_PLAN_30']],
    ['2026-11-24', ['RELEASE_PLAN_30']],
    ['2026-11-23', ['APPOINTMENT_AFTER_RELEASE', 'OVERDOSE_RISK']],
    ['2026-11-16', ['APPOINTMENT_AFTER_RELEASE', 'OVERDOSE_RISK']],
    ['2026-11-15', ['OVERDOSE_RISK']],
    ['2026-11-09', ['OVERDOSE_RISK']],
    ['2026-11-08', []],
  ])('around a release on %s is %j', (releaseOn, expected) => {
    const found = codes({ custody: { facility: null, releaseOn } });
    expect(found.filter((code) => /RELEASE|OVERDOSE/.test(code))).toEqual(expected);
  });

  it('counts the days of the program, at 23:30 and 00:30', () => {
    const custody = { facility: null, releaseOn: '2026-11-23' };
    const on = (time: string) => codes({ custody }, [], { ...at, now: new Date(time) });
    expect(on('2026-11-23T04:30:00Z')).toContain('RELEASE_PLAN_30');
    expect(on('2026-11-23T05:30:00Z')).toContain('OVERDOSE_RISK');
  });

  it('forbids every contact, reminders too, where contact is prohibited', () => {
    const { safeContact } = emptyRecord('');
    expect(codes({ safeContact: { ...safeContact, contactProhibited: true } })).toEqual(['CONTACT']);
    expect(codes({})).toEqual([]);
  });

  it('has rules for every group, each with a code of its own', () => {
    expect(new Set(populationRules.map(({ group }) => group)).size).toBe(15);
    expect(new Set(populationRules.map(({ code }) => code)).size).toBe(populationRules.length);
  });
});
