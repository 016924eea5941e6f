import { fault, idFaults, textFaults, type Fault } from '../../people/client/personal-record.ts';
import type { ConsentInput } from '../../generated/graphql.ts';
import type { ConsentDraft } from './consent.ts';

/** What was given as a draft: what is missing stays empty, so that every missing element can be listed. */
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
      agencyId: agencyId ?? null,
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

/** What no form can contain, whatever the law asks of it. */
export function draftFaults(draft: ConsentDraft): Fault[] {
  const { disclosers, recipients, signatures, intermediary } = draft;
  const long = Object.entries({ disclosers, recipients, signatures }).filter(([, list]) => list.length > 100);
  return [
    ...long.map(([path]) => fault(path, 'TOO_MANY', 'At most 100 entries.')),
    ...textFaults('patientNameAsSigned', draft.patientNameAsSigned, 200),
    ...textFaults('infoDescription', draft.infoDescription, 2000),
    ...textFaults('jurisdiction', draft.jurisdiction, 20),
    ...textFaults('expiry.eventText', draft.expiry.eventText, 500),
    ...textFaults('intermediary.name', intermediary?.name ?? null, 200),
    ...(intermediary?.participantNames ?? []).flatMap((name, index) =>
      textFaults(`intermediary.participantNames.${index}`, name, 200),
    ),
    ...disclosers.flatMap(({ classText }, index) =>
      textFaults(`disclosers.${index}.classText`, classText, 500),
    ),
    ...signatures.flatMap(({ by, authorityDocId }, index) => [
      ...textFaults(`signatures.${index}.by`, by, 200),
      ...textFaults(`signatures.${index}.authorityDocId`, authorityDocId, 200),
    ]),
    ...idFaults(
      'disclosers',
      disclosers.flatMap(({ organizationId }) => organizationId ?? []),
    ),
    ...idFaults(
      'recipients',
      recipients.flatMap(({ agencyId }) => agencyId ?? []),
    ),
  ];
}
