import { uuidV7 } from '@throughline/events';
import type { ClientPrivacy, Consent } from '@throughline/privacy';

export const id = (): string => uuidV7(new Date());
const program = id();

/** The person, as the clients service would answer for her. */
export interface Person {
  clientId: string;
  caseId: string;
  needId: string;
  consents: Consent[];
  /** Limits on disclosure in addition to the usual ones: none. */
  limits?: Partial<ClientPrivacy>;
}

export function aConsentFor({ clientId }: Person, agencyIds: string[]): Consent {
  return {
    id: id(),
    clientId,
    kind: 'SPECIFIC_DISCLOSURE',
    status: 'ACTIVE',
    patientNameAsSigned: 'Signed Name',
    disclosers: [{ organizationId: program, classText: null }],
    infoDescription: 'Who I am and what I need',
    categories: ['ID', 'CONTACT', 'SOCIAL'],
    excludes: [],
    recipients: agencyIds.map((agencyId) => ({ agencyId, classCode: null })),
    intermediary: null,
    purposes: ['REFERRAL_HOUSING'],
    statements: {
      revocation: true,
      hipaaRedisclosure: true,
      tpoRedisclosure: true,
      refusalConsequences: true,
      fundraisingOptOut: false,
    },
    expiry: { kind: 'DATE', date: '2099-01-01', eventText: null, eventOccurredAt: null },
    signatures: [{ by: 'Signed Name', capacity: 'PATIENT', method: 'ELECTRONIC', authorityDocId: null }],
    signedAt: '2026-01-01T09:00:00Z',
    revokedAt: null,
    knownFalse: false,
    identityBeforeDecision: false,
    permitsRedisclosure: false,
    irrevocableUntil: null,
    jurisdiction: null,
  };
}

export function scopeOf(consent: Consent) {
  return {
    consentId: consent.id,
    clientId: consent.clientId,
    recipientAgencyIds: consent.recipients.flatMap(({ agencyId }) => agencyId ?? []),
    recipientClasses: [],
    purposes: [...consent.purposes],
    version: 1,
  };
}

export function basisOf({ clientId, consents, limits }: Person) {
  return {
    verifiedAt: new Date().toISOString(),
    consentsJson: JSON.stringify(consents),
    privacy: {
      clientId,
      dateOfBirth: '1990-05-05',
      consentAuthority: 'SELF',
      restrictAll: false,
      contactProhibited: false,
      safeAddress: false,
      blockedAgencyIds: [],
      ...limits,
    },
    program: {
      ...{ id: program, name: 'Riverbend Recovery', timeZone: 'UTC' },
      ...{ isPart2Program: true, canBeNeutral: true },
    },
    snapshot: {
      nameToUse: 'Wren',
      legalName: 'Wren Ashdown',
      pronouns: 'they/them',
      dateOfBirth: '1990-05-05',
      ageBand: '35_44',
      county: 'Multnomah',
      zip3: '972',
      language: 'en',
      interpreterNeeded: false,
      householdSize: 1,
      insuranceType: null,
      accessibility: [],
      livingSituation: '116',
      phone: '+15035550123',
      safeContact: {
        allowedMethods: ['CALL'],
        leaveMessageOk: false,
        safeTimes: null,
        alias: null,
        instructions: null,
      },
    },
  };
}
