import { aClient, aClinic, aConsent, aDetox, aShelter, aTpoConsent, atNoon } from './builders.ts';
import { coverage } from './coverage.ts';
import type { Consent } from './consent.ts';
import type { CoverageRequest } from './coverage.ts';
import type { DataLabel } from './label.ts';

const codes = (consent: Consent, labels: DataLabel[], over: Partial<CoverageRequest> = {}) =>
  coverage(consent, {
    recipient: aShelter(),
    purpose: 'REFERRAL_HOUSING',
    client: aClient(),
    ...atNoon,
    disclosedBy: 'riverbend',
    labels,
    ...over,
  }).map(({ code }) => code);
const detox = { recipient: aDetox(), purpose: 'TREATMENT' } as const;

describe('The coverage of a consent', () => {
  it('is that of the worked example 8.12', () => {
    expect(codes(aConsent(), ['ID', 'CONTACT'])).toEqual(['PERMIT', 'PERMIT']);
    expect(codes(aConsent(), ['SUD'])).toEqual(['CATEGORY_NOT_CONSENTED']);
    const legalAid = aShelter({ agencyId: 'legal-aid', agencyType: 'LEGAL_AID' });
    expect(codes(aConsent(), ['ID'], { recipient: legalAid })).toEqual(['RECIPIENT_NOT_NAMED']);
  });

  it.each<[string, Consent, Partial<CoverageRequest>, string]>([
    ['another purpose', aConsent(), { purpose: 'REFERRAL_LEGAL' }, 'PURPOSE_NOT_CONSENTED'],
    ['another discloser', aConsent(), { disclosedBy: 'stranger' }, 'DISCLOSER_NOT_NAMED'],
    [
      'a class of disclosers',
      aConsent({ disclosers: [{ organizationId: null, classText: 'My programs' }] }),
      {},
      'PERMIT',
    ],
    ['an excluded category', aConsent({ excludes: ['ID'] }), {}, 'CATEGORY_NOT_CONSENTED'],
    ['a revoked consent', aConsent({ status: 'REVOKED' }), {}, 'CONSENT_REVOKED'],
    ['an expired consent', aConsent({ status: 'EXPIRED' }), {}, 'CONSENT_EXPIRED'],
    ['a consent without signature', aConsent({ signatures: [] }), {}, 'CONSENT_DEFICIENT'],
    ['a draft', aConsent({ status: 'DRAFT' }), {}, 'CONSENT_DEFICIENT'],
    ['TPO to a treating Part 2 program', aTpoConsent(), detox, 'PERMIT'],
    ['TPO to a clinic', aTpoConsent(), { ...detox, recipient: aClinic() }, 'PERMIT'],
    ['TPO to a shelter', aTpoConsent(), {}, 'RECIPIENT_NOT_NAMED'],
    [
      'a HIPAA authorization for a named shelter',
      aConsent({ kind: 'HIPAA_AUTHORIZATION' }),
      {},
      'KIND_NOT_SUFFICIENT',
    ],
    [
      'TPO to a covered shelter, for housing',
      aTpoConsent({ recipients: [{ agencyId: 'harbor', classCode: null }] }),
      { recipient: aShelter({ hipaaStatus: 'COVERED_ENTITY' }) },
      'PURPOSE_NOT_CONSENTED',
    ],
    [
      'a court consent that names a shelter',
      aConsent({ kind: 'CRIMINAL_JUSTICE_2_35' }),
      {},
      'KIND_NOT_SUFFICIENT',
    ],
    [
      'a court consent that names another agency',
      aConsent({ kind: 'CRIMINAL_JUSTICE_2_35', recipients: [] }),
      {},
      'RECIPIENT_NOT_NAMED',
    ],
    ['an intermediary, treating provider', aTpoConsent(), { ...detox, legalRole: 'INTERMEDIARY' }, 'PERMIT'],
    [
      'an intermediary, stranger by class',
      aTpoConsent(),
      { ...detox, recipient: aDetox({ treatsClient: false }), legalRole: 'INTERMEDIARY' },
      'NOT_TREATING_PROVIDER',
    ],
  ])('for %s', (_what, consent, over, expected) => {
    expect(codes(consent, ['ID'], over)).toEqual([expected]);
  });

  it('never opens notes, nor special categories under TPO, nor SUD under a general authorization', () => {
    const all = aTpoConsent({ categories: ['SUD_NOTE', 'PSYTHER_NOTE', 'IPV', 'HIV', 'SUD'] });
    expect(codes(all, ['SUD_NOTE', 'PSYTHER_NOTE', 'IPV', 'HIV'], detox)).toEqual([
      'CATEGORY_NEVER_SHARED',
      'CATEGORY_NEVER_SHARED',
      'CATEGORY_NOT_CONSENTED',
      'CATEGORY_NOT_CONSENTED',
    ]);
    const general = aTpoConsent({ kind: 'HIPAA_AUTHORIZATION', expiry: aConsent().expiry });
    expect(codes(general, ['HEALTH', 'SUD'], detox)).toEqual(['PERMIT', 'CATEGORY_NOT_CONSENTED']);
  });

  it('explains every refusal without naming anybody', () => {
    const [answer] = coverage(aConsent(), {
      recipient: aShelter(),
      purpose: 'REFERRAL_LEGAL',
      client: aClient(),
      ...atNoon,
      labels: ['ID'],
    });
    expect(answer?.explanation).toBe('The consent does not cover this purpose.');
  });
});
