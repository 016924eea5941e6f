import type { Recipient } from './agency.ts';
import type { Consent } from './consent.ts';
import type { Moment } from './day.ts';
import type { ClientPrivacy, DisclosureInput, ReferralFacts, Sender } from './disclosure-input.ts';

/** Complete, valid examples for tests; a test gives only the fields that it is about. */
export const noon = new Date('2026-11-23T12:00:00Z');

/** Noon at a program in the time zone UTC. */
export const atNoon: Moment = { now: noon, timeZone: 'UTC' };

/** A Part 2 program that can write under the neutral network name. */
export const aSender = (over: Partial<Sender> = {}): Sender => ({
  organizationId: 'riverbend',
  timeZone: 'UTC',
  isPart2Program: true,
  canBeNeutral: true,
  ...over,
});

/** An active shelter with a signed memorandum; not a HIPAA entity. */
export const aShelter = (over: Partial<Recipient> = {}): Recipient => ({
  agencyId: 'harbor',
  agencyType: 'SHELTER',
  hipaaStatus: 'NON_HIPAA',
  active: true,
  timeZone: 'UTC',
  agreements: [{ type: 'MOU', from: '2026-01-01', to: null }],
  isPart2Program: false,
  needsIdentityToDecide: false,
  treatsClient: false,
  ...over,
});

/** An active detox program under Part 2. */
export const aDetox = (over: Partial<Recipient> = {}): Recipient =>
  aShelter({
    agencyId: 'county-detox',
    agencyType: 'DETOX',
    hipaaStatus: 'PART2_PROGRAM',
    isPart2Program: true,
    treatsClient: true,
    ...over,
  });

/** An active clinic, a covered entity. */
export const aClinic = (over: Partial<Recipient> = {}): Recipient =>
  aShelter({
    agencyId: 'clinic',
    agencyType: 'CLINIC',
    hipaaStatus: 'COVERED_ENTITY',
    treatsClient: true,
    ...over,
  });

/** A specific consent for Harbor shelter: identity, contact, social needs. Source: infra/reference/domain.md 8.12. */
export const aConsent = (over: Partial<Consent> = {}): Consent => ({
  id: 'consent-1',
  clientId: 'client-1',
  kind: 'SPECIFIC_DISCLOSURE',
  status: 'ACTIVE',
  patientNameAsSigned: 'Signed Name',
  disclosers: [{ organizationId: 'riverbend', classText: null }],
  infoDescription: 'Who I am, how to reach me and what I need for a place to stay',
  categories: ['ID', 'CONTACT', 'SOCIAL'],
  excludes: [],
  recipients: [{ agencyId: 'harbor', classCode: null }],
  intermediary: null,
  purposes: ['REFERRAL_HOUSING'],
  statements: {
    revocation: true,
    hipaaRedisclosure: true,
    tpoRedisclosure: true,
    refusalConsequences: true,
    fundraisingOptOut: false,
  },
  expiry: { kind: 'DATE', date: '2027-02-01', eventText: null, eventOccurredAt: null },
  signatures: [{ by: 'Signed Name', capacity: 'PATIENT', method: 'ELECTRONIC', authorityDocId: null }],
  signedAt: '2026-11-01T09:00:00Z',
  revokedAt: null,
  knownFalse: false,
  identityBeforeDecision: false,
  permitsRedisclosure: false,
  irrevocableUntil: null,
  jurisdiction: null,
  ...over,
});

/** A single consent for treatment, payment and operations that reaches treating providers. */
export const aTpoConsent = (over: Partial<Consent> = {}): Consent =>
  aConsent({
    id: 'consent-tpo',
    kind: 'SINGLE_TPO',
    categories: ['ID', 'CONTACT', 'SOCIAL', 'HEALTH', 'MH', 'SUD'],
    recipients: [{ agencyId: null, classCode: 'TREATING_PROVIDERS' }],
    purposes: ['TREATMENT', 'PAYMENT', 'OPERATIONS'],
    expiry: { kind: 'NONE_TPO', date: null, eventText: null, eventOccurredAt: null },
    ...over,
  });

/** An adult who consents alone; no restriction, no danger. */
export const aClient = (over: Partial<ClientPrivacy> = {}): ClientPrivacy => ({
  clientId: 'client-1',
  dateOfBirth: '1990-05-05',
  consentAuthority: 'SELF',
  restrictAll: false,
  contactProhibited: false,
  safeAddress: false,
  blockedAgencyIds: [],
  ...over,
});

/** A referral for housing, just sent to Harbor shelter. */
export const aReferral = (over: Partial<ReferralFacts> = {}): ReferralFacts => ({
  agencyId: 'harbor',
  status: 'SENT',
  closeReason: null,
  closedAt: null,
  needCategory: 'HOMELESSNESS',
  serviceLabels: [],
  infoAnswered: false,
  ...over,
});

/** Harbor shelter reads the referral addressed to it, everything valid. */
export const anInput = (over: Partial<DisclosureInput> = {}): DisclosureInput => {
  const recipient = over.recipient ?? aShelter();
  return {
    actor: { kind: 'PARTNER', id: 'partner-1', agencyId: recipient.agencyId },
    sender: aSender(),
    recipient,
    purpose: 'REFERRAL_HOUSING',
    referral: aReferral({ agencyId: recipient.agencyId }),
    client: aClient(),
    consents: [aConsent()],
    basis: { verifiedAt: noon.toISOString() },
    now: noon,
    ...over,
  };
};
