import { act } from '@throughline/graphql';
import {
  consentIssues,
  coverage,
  explain,
  momentOf,
  type ConsentingClient,
  type CoverageRequest,
  type DataLabel,
  type LabelCoverage,
} from '@throughline/privacy';
import type { Context } from '../../context.ts';
import { birthdayOf } from '../../people/client/client.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import { recipientOf } from '../../people/agency/agency.ts';
import { recordConsent, revokeConsent, supersedeConsent } from './consent.commands.ts';
import type { Consent } from './consent.ts';

async function signerOf({ loaders }: Context, { clientId }: Consent): Promise<ConsentingClient> {
  const client = await loaders.clientById.load(clientId);
  if (!client) throw new Error('A consent without a client');
  return { clientId, dateOfBirth: birthdayOf(client), consentAuthority: client.consentAuthority };
}

async function issuesOf(context: Context, consent: Consent) {
  return consentIssues(consent, momentOf(context), await signerOf(context, consent));
}

/** Nothing goes to an agency that is not active, whatever the consent says. */
function coverageOf(consent: Consent, request: CoverageRequest & { labels: DataLabel[] }): LabelCoverage[] {
  if (request.recipient.active) return coverage(consent, request);
  const [code, explanation] = ['NO_AGREEMENT', explain('NO_AGREEMENT')] as const;
  return request.labels.map((label) => ({ label, code, explanation }));
}

export const resolvers: Resolvers = {
  Query: { consent: (_root, { id }, { loaders }) => loaders.consentById.load(id) },
  Mutation: {
    recordConsent: act(recordConsent),
    supersedeConsent: act(supersedeConsent),
    revokeConsent: act(revokeConsent),
  },
  Client: {
    consents: async ({ id }, { status }, { loaders }) => {
      const consents = await loaders.consentsByClient.load(id);
      return status ? consents.filter((consent) => status.includes(consent.status)) : consents;
    },
  },
  Consent: {
    __resolveReference: ({ id }, { loaders }) => loaders.consentById.load(id),
    client: ({ clientId }, _args, { loaders }) => loaders.clientById.load(clientId),
    signedAt: ({ signedAt }) => (signedAt ? new Date(signedAt) : null),
    revokedAt: ({ revokedAt }) => (revokedAt ? new Date(revokedAt) : null),
    isValid: async (consent, _args, context) => (await issuesOf(context, consent)).length === 0,
    validityIssues: (consent, _args, context) => issuesOf(context, consent),
    covers: async (consent, { recipientAgencyId, purpose, categories, treatingProvider }, context) => {
      const agency = await context.loaders.agencyById.load(recipientAgencyId);
      const labels = coverageOf(consent, {
        recipient: recipientOf(recipientAgencyId, agency, treatingProvider),
        purpose,
        client: await signerOf(context, consent),
        ...momentOf(context),
        labels: categories,
      });
      return { covered: labels.every(({ code }) => code === 'PERMIT'), labels };
    },
    recordedBy: ({ recordedBy }, _args, { loaders }) => loaders.staffMemberById.load(recordedBy),
    supersededBy: ({ supersededById }, _args, { loaders }) =>
      supersededById ? loaders.consentById.load(supersededById) : null,
  },
  ConsentRecipient: { agency: ({ agencyId }) => (agencyId ? { id: agencyId } : null) },
  ConsentExpiry: {
    eventOccurredAt: ({ eventOccurredAt }) => (eventOccurredAt ? new Date(eventOccurredAt) : null),
  },
};
