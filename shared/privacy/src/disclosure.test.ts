import { accessReasons, explain } from './access-reason.ts';
import {
  aClient,
  aConsent,
  aDetox,
  aReferral,
  aSender,
  aShelter,
  anInput,
  aTpoConsent,
  noon,
} from './builders.ts';
import { decideDisclosure } from './disclosure.ts';
import type { DisclosureInput } from './disclosure-input.ts';
import { notices } from './notice.ts';

const toDetox = (over: Partial<DisclosureInput> = {}) =>
  anInput({
    recipient: aDetox(),
    purpose: 'TREATMENT',
    consents: [aTpoConsent()],
    referral: aReferral({ agencyId: 'county-detox', needCategory: 'WITHDRAWAL_MANAGEMENT' }),
    ...over,
  });
const live = ['SENT', 'ACCEPTED', 'IN_PROGRESS'] as const;

describe('Golden scenario 1: a person in SUD treatment is referred to a shelter', () => {
  it('is refused with a TPO consent only', () => {
    expect(decideDisclosure(anInput({ consents: [aTpoConsent()] }))).toMatchObject({
      kind: 'DENY',
      codes: ['RECIPIENT_NOT_NAMED'],
      fields: [],
    });
  });

  it('shows stage 1 under a neutral sender, then name and phone, and no SUD', () => {
    const sent = decideDisclosure(anInput());
    expect(sent).toMatchObject({ stage: 1, senderDisplay: 'NEUTRAL', notice: null });
    expect(sent.fields).toContain('person.ageBand');
    expect(sent.fields).not.toContain('person.name');

    const accepted = decideDisclosure(anInput({ referral: aReferral({ status: 'ACCEPTED' }) }));
    expect(accepted.fields).toEqual(expect.arrayContaining(['person.name', 'person.phone']));
    expect(accepted).toMatchObject({
      consentIds: ['consent-1'],
      redisclosureRule: { code: 'NONE' },
      scopeSummary:
        'The person consented for referral housing; the consent covers identity, social needs, contact, until 2027-02-01.',
    });
    expect('labels' in accepted && accepted.labels).not.toContain('SUD');
  });

  it('is refused when the sender cannot be neutral, since its name alone says SUD (8.12)', () => {
    const input = anInput({ sender: aSender({ canBeNeutral: false }) });
    expect(decideDisclosure(input)).toMatchObject({ kind: 'DENY', codes: ['CATEGORY_NOT_CONSENTED'] });
  });
});

describe('Golden scenario 2: the same person is referred to a detox program', () => {
  it('may go under a TPO consent, with the notice and the scope', () => {
    expect(decideDisclosure(toDetox())).toMatchObject({
      kind: 'PERMIT',
      senderDisplay: 'PROGRAM_NAME',
      notice: notices.PART2_2024_FULL,
      redisclosureRule: { code: 'AS_CONSENTED' },
      consentIds: ['consent-tpo'],
      legalBasis: expect.arrayContaining([
        { label: 'SUD', basis: 'PART2_CONSENT', consentId: 'consent-tpo' },
      ]) as unknown,
    });
  });
});

describe('Golden scenario 3: the consent is revoked', () => {
  it.each(live)('while %s: nothing but a tombstone from now on', (status) => {
    const consents = [aConsent({ status: 'REVOKED', revokedAt: noon.toISOString() })];
    expect(decideDisclosure(anInput({ consents, referral: aReferral({ status }) }))).toMatchObject({
      kind: 'DENY',
      codes: ['CONSENT_REVOKED'],
      fields: [],
      mayShowTombstone: true,
    });
  });
});

describe('Golden scenario 17: a minor and a guardian must both sign', () => {
  it('is CONSENT_DEFICIENT with one signature', () => {
    const client = aClient({ dateOfBirth: '2010-01-01', consentAuthority: 'MINOR_AND_GUARDIAN' });
    expect(decideDisclosure(anInput({ client }))).toMatchObject({
      kind: 'DENY',
      codes: ['CONSENT_DEFICIENT'],
    });
  });
});

describe('The checks before anything leaves', () => {
  const partner = (agencyId?: string) => ({
    kind: 'PARTNER' as const,
    id: 'p',
    ...(agencyId ? { agencyId } : {}),
  });
  it.each<[string, Partial<DisclosureInput>, string, boolean]>([
    ['nobody signed in', { actor: null }, 'UNAUTHENTICATED', false],
    ['a partner without agency', { actor: partner() }, 'UNAUTHENTICATED', false],
    ['an inactive agency', { recipient: aShelter({ active: false }) }, 'NO_AGREEMENT', false],
    [
      'an ended agreement',
      { recipient: aShelter({ agreements: [{ type: 'MOU', from: '2025-01-01', to: '2026-11-22' }] }) },
      'NO_AGREEMENT',
      false,
    ],
    [
      'an agreement of the wrong type',
      { recipient: aShelter({ agreements: [{ type: 'BAA', from: '2025-01-01', to: null }] }) },
      'NO_AGREEMENT',
      false,
    ],
    ['another agency asking', { actor: partner('other') }, 'NOT_ADDRESSED', false],
    ['a referral to another agency', { referral: aReferral({ agencyId: 'other' }) }, 'NOT_ADDRESSED', false],
    ['a draft', { referral: aReferral({ status: 'DRAFT' }) }, 'NOT_ADDRESSED', false],
    ['consents that cannot be read', { basis: 'UNVERIFIABLE' }, 'CONSENT_UNVERIFIABLE', true],
    [
      'consents read 61 s ago',
      { basis: { verifiedAt: '2026-11-23T11:58:59Z' } },
      'CONSENT_UNVERIFIABLE',
      true,
    ],
    ['consents read at no time', { basis: { verifiedAt: 'never' } }, 'CONSENT_UNVERIFIABLE', true],
    ['a restricted client', { client: aClient({ restrictAll: true }) }, 'RESTRICTED', true],
    ['a blocked agency', { client: aClient({ blockedAgencyIds: ['harbor'] }) }, 'SAFETY_BLOCK', true],
    ['a purpose foreign to the agency', { purpose: 'TREATMENT' }, 'PURPOSE_NOT_ALLOWED', true],
    ['no consent', { consents: [] }, 'NO_CONSENT', true],
    ['a superseded consent', { consents: [aConsent({ status: 'SUPERSEDED' })] }, 'NO_CONSENT', true],
    ['a consent of another person', { consents: [aConsent({ clientId: 'client-2' })] }, 'NO_CONSENT', true],
    ['the entire record', { requested: 'ENTIRE_RECORD' }, 'MIN_NECESSARY', true],
    [
      'a detox service at the shelter',
      { referral: aReferral({ serviceLabels: ['SUD'] }) },
      'CATEGORY_NOT_CONSENTED',
      true,
    ],
    [
      'a need nobody knows',
      { referral: aReferral({ needCategory: 'NEW' as 'OTHER' }) },
      'CATEGORY_NOT_CONSENTED',
      true,
    ],
  ])('refuse %s', (_what, over, code, mayShowTombstone) => {
    expect(decideDisclosure(anInput(over))).toMatchObject({
      kind: 'DENY',
      codes: [code],
      fields: [],
      mayShowTombstone,
    });
  });

  it('withhold contact and place, and say why, when that is a matter of safety', () => {
    const client = aClient({ contactProhibited: true, safeAddress: true });
    const decision = decideDisclosure(anInput({ client, referral: aReferral({ status: 'ACCEPTED' }) }));
    expect(decision.kind).toBe('PERMIT_REDACTED');
    expect(decision.denied.filter(({ code }) => code === 'SAFETY_BLOCK').map(({ field }) => field)).toEqual([
      'person.county',
      'person.zip3',
      'person.phone',
      'person.safeContact',
    ]);
  });

  it('believe the labels of the records, not the request', () => {
    const recordLabels = { 'person.insuranceType': ['SUD'] as const };
    expect(decideDisclosure(anInput({ recordLabels })).denied).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ field: 'person.insuranceType', code: 'CATEGORY_NOT_CONSENTED' }),
      ]),
    );
  });

  it('let an agency that must check for conflicts know who it is, if the person said so', () => {
    const recipient = aShelter({ needsIdentityToDecide: true });
    const consents = [aConsent({ identityBeforeDecision: true })];
    expect(decideDisclosure(anInput({ recipient, consents })).fields).toContain('person.name');
    expect(decideDisclosure(anInput({ recipient })).fields).not.toContain('person.name');
    expect(decideDisclosure(anInput({ consents })).fields).not.toContain('person.name');
  });
});

it('Every reason has its own sentence', () => {
  const sentences = accessReasons.map(explain);
  expect(new Set(sentences).size).toBe(sentences.length);
  for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z].+\.$/);
});

it('The notices are those of the 2024 rule', () => {
  expect(notices.PART2_2024_SHORT.text).toBe(
    '42 CFR part 2 prohibits unauthorized use or disclosure of these records.',
  );
  expect(notices.PART2_2024_FULL.text).toContain(
    'against the patient, unless authorized by the consent of the patient',
  );
  expect(notices.PART2_2024_FULL.text).not.toContain('any further disclosure');
});
