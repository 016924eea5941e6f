import { aClient, aConsent, aTpoConsent, atNoon, noon } from './builders.ts';
import type { Consent, ConsentAuthority, Signature } from './consent.ts';
import { consentIssues, isValid } from './consent-validity.ts';

const issuesOf = (consent: Consent, client = aClient()) =>
  consentIssues(consent, atNoon, client).map(({ element, code }) => `${element} ${code}`);
const statements = aConsent().statements;
const expiry = aConsent().expiry;
const sign = (capacity: Signature['capacity'], authorityDocId: string | null = 'doc'): Signature => ({
  by: 'Someone',
  capacity,
  method: 'WET',
  authorityDocId: capacity === 'PATIENT' ? null : authorityDocId,
});

describe('A consent', () => {
  it('with every element is valid', () => {
    expect(isValid(aConsent(), atNoon, aClient())).toBe(true);
    expect(isValid(aTpoConsent(), atNoon, aClient())).toBe(true);
  });

  it('without anything lists every missing element at once', () => {
    const empty = aConsent({
      patientNameAsSigned: ' ',
      disclosers: [],
      infoDescription: '',
      categories: [],
      recipients: [],
      purposes: [],
      statements: { ...statements, revocation: false },
      expiry: { ...expiry, date: null },
      signatures: [],
      signedAt: null,
    });
    expect(issuesOf(empty)).toEqual([
      'patient MISSING',
      'disclosers MISSING',
      'information MISSING',
      'information MISSING',
      'recipients MISSING',
      'purposes MISSING',
      'statements MISSING',
      'expiry MISSING',
      'signature MISSING',
      'signedAt MISSING',
    ]);
    for (const found of consentIssues(empty, atNoon, aClient())) {
      expect(found.message).toMatch(/\.$/);
      expect(found.source).toMatch(/CFR/);
    }
  });

  it.each<[string, Partial<Consent>, string[]]>([
    ['of another person', { clientId: 'client-2' }, ['patient INVALID']],
    ['known to be false', { knownFalse: true }, ['kind INVALID']],
    ['signed tomorrow', { signedAt: '2026-11-24T12:00:00Z' }, ['signedAt IN_FUTURE']],
    ['signed on no date', { signedAt: 'soon' }, ['signedAt INVALID']],
    [
      'ending before it was signed',
      { expiry: { ...expiry, date: '2026-10-31' } },
      ['expiry INVALID', 'status EXPIRED'],
    ],
    ['ending on 30 February', { expiry: { ...expiry, date: '2027-02-30' } }, ['expiry INVALID']],
    ['whose last day was yesterday', { expiry: { ...expiry, date: '2026-11-22' } }, ['status EXPIRED']],
    ['whose last day is today', { expiry: { ...expiry, date: '2026-11-23' } }, []],
    ['ending with an unnamed event', { expiry: { ...expiry, kind: 'EVENT' } }, ['expiry MISSING']],
    [
      'whose event has occurred',
      {
        expiry: {
          kind: 'EVENT',
          date: null,
          eventText: 'I move out',
          eventOccurredAt: '2026-11-20T00:00:00Z',
        },
      },
      ['status EXPIRED'],
    ],
    ['without end outside TPO', { expiry: { ...expiry, kind: 'NONE_TPO' } }, ['expiry INVALID']],
    ['revoked', { status: 'REVOKED', revokedAt: noon.toISOString() }, ['status REVOKED']],
    ['revoked, its status lagging', { revokedAt: noon.toISOString() }, ['status REVOKED']],
    ['drafted', { status: 'DRAFT' }, ['status NOT_ACTIVE']],
    [
      'with counseling notes and other data',
      { categories: ['ID', 'SUD_NOTE'] },
      ['information NOT_COMBINABLE'],
    ],
    [
      'for counseling notes and more',
      { kind: 'SUD_COUNSELING_NOTES', categories: ['SUD_NOTE', 'SUD'] },
      ['information NOT_COMBINABLE'],
    ],
    ['for counseling notes alone', { kind: 'SUD_COUNSELING_NOTES', categories: ['SUD_NOTE'] }, []],
    ['with psychotherapy notes', { categories: ['PSYTHER_NOTE'] }, ['information NOT_COMBINABLE']],
    [
      'for proceedings and housing',
      { kind: 'LEGAL_PROCEEDING', purposes: ['LEGAL_PROCEEDING', 'REFERRAL_HOUSING'] },
      ['purposes NOT_COMBINABLE'],
    ],
    ['for proceedings of the wrong kind', { purposes: ['LEGAL_PROCEEDING'] }, ['purposes NOT_COMBINABLE']],
    ['for a court of the wrong kind', { purposes: ['COURT_MONITORING'] }, ['purposes NOT_COMBINABLE']],
    ['for fundraising without opting out', { purposes: ['FUNDRAISING'] }, ['statements MISSING']],
    [
      'through an intermediary without participants',
      { intermediary: { name: 'Network', participantNames: [], treatingProvidersOnly: false } },
      ['intermediary MISSING'],
    ],
    ['signed by an agent without a document', { signatures: [sign('POA', null)] }, ['authority MISSING']],
    ['signed by an agent with a document', { signatures: [sign('POA')] }, []],
    [
      'signed by a guardian of an adult who needs none',
      { signatures: [sign('GUARDIAN')] },
      ['authority INVALID'],
    ],
  ])('%s: %j', (_what, over, expected) => {
    expect(issuesOf(aConsent(over))).toEqual(expected);
  });

  it('for TPO needs its three statements and no other purpose', () => {
    const bare = {
      ...statements,
      hipaaRedisclosure: false,
      tpoRedisclosure: false,
      refusalConsequences: false,
    };
    expect(issuesOf(aTpoConsent({ statements: bare }))).toEqual(Array(3).fill('statements MISSING'));
    expect(issuesOf(aTpoConsent({ purposes: ['TREATMENT', 'REFERRAL_HOUSING'] }))).toEqual([
      'purposes NOT_COMBINABLE',
      'expiry INVALID',
    ]);
  });

  it.each<[ConsentAuthority, Signature[], string[]]>([
    ['MINOR_AND_GUARDIAN', [sign('PATIENT')], ['signature MISSING']],
    ['MINOR_AND_GUARDIAN', [sign('GUARDIAN')], ['signature MISSING']],
    ['MINOR_AND_GUARDIAN', [sign('PATIENT'), sign('GUARDIAN')], []],
    ['MINOR_SOLE', [sign('PATIENT')], []],
    ['MINOR_SOLE', [sign('GUARDIAN')], ['authority INVALID']],
    ['GUARDIAN', [sign('PATIENT')], ['authority INVALID']],
    ['GUARDIAN', [sign('GUARDIAN')], []],
    ['EXECUTOR', [sign('EXECUTOR')], []],
    ['SELF', [sign('PATIENT')], ['authority INVALID']],
  ])('of a minor under %s', (consentAuthority, signatures, expected) => {
    const minor = aClient({ dateOfBirth: '2010-01-01', consentAuthority });
    expect(issuesOf(aConsent({ signatures }), minor)).toEqual(expected);
  });
});
