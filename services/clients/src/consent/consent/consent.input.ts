import type { ConsentInput } from '../../generated/graphql.ts';
import type { ConsentDraft } from './consent.ts';

/** The input as a draft. Missing elements stay empty, so that the answer can list every one of them. */
export function draftOf(clientId: string, given: ConsentInput): ConsentDraft {
  return {
    clientId,
    kind: given.kind,
    patientNameAsSigned: given.patientNameAsSigned ?? '',
    infoDescription: given.infoDescription ?? '',
    categories: given.categories ?? [],
    excludes: given.excludes ?? [],
    purposes: given.purposes ?? [],
    ...partiesOf(given),
    ...formOf(given),
    signedAt: given.signedAt?.toISOString() ?? null,
    identityBeforeDecision: given.identityBeforeDecision ?? false,
    permitsRedisclosure: given.permitsRedisclosure ?? false,
    irrevocableUntil: given.irrevocableUntil ?? null,
    jurisdiction: given.jurisdiction ?? null,
    language: given.language ?? null,
    interpreterUsed: given.interpreterUsed ?? false,
  };
}

function partiesOf(given: ConsentInput): Pick<ConsentDraft, 'disclosers' | 'recipients' | 'intermediary'> {
  return {
    disclosers: (given.disclosers ?? []).map(({ organizationId, classText }) => ({
      organizationId: organizationId ?? null,
      classText: classText ?? null,
    })),
    recipients: (given.recipients ?? []).map(({ agencyId, classCode }) => ({
      agencyId: agencyId?.toLowerCase() ?? null,
      classCode: classCode ?? null,
    })),
    intermediary: given.intermediary
      ? {
          name: given.intermediary.name,
          participantNames: given.intermediary.participantNames ?? [],
          treatingProvidersOnly: given.intermediary.treatingProvidersOnly ?? false,
        }
      : null,
  };
}

function formOf(given: ConsentInput): Pick<ConsentDraft, 'statements' | 'expiry' | 'signatures'> {
  return {
    statements: {
      revocation: given.statements?.revocation ?? false,
      hipaaRedisclosure: given.statements?.hipaaRedisclosure ?? false,
      tpoRedisclosure: given.statements?.tpoRedisclosure ?? false,
      refusalConsequences: given.statements?.refusalConsequences ?? false,
      fundraisingOptOut: given.statements?.fundraisingOptOut ?? false,
    },
    expiry: {
      kind: given.expiry?.kind ?? 'DATE',
      date: given.expiry?.date ?? null,
      eventText: given.expiry?.eventText ?? null,
      eventOccurredAt: null,
    },
    signatures: (given.signatures ?? []).map(({ by, capacity, method, authorityDocId }) => ({
      by,
      capacity,
      method,
      authorityDocId: authorityDocId ?? null,
    })),
  };
}
