import { act } from '@throughline/graphql';
import {
  consentIssues,
  coverage,
  momentOf,
  type ConsentingClient,
  type Recipient,
} from '@throughline/privacy';
import type { Context } from '../../context.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import { recordConsent, revokeConsent, supersedeConsent } from './consent.commands.ts';
import type { Consent } from './consent.ts';

async function signerOf({ loaders }: Context, { clientId }: Consent): Promise<ConsentingClient> {
  const client = await loaders.clientById.load(clientId);
  if (!client) throw new Error('A consent without a client');
  return { clientId, dateOfBirth: client.dateOfBirth, consentAuthority: client.consentAuthority };
}

async function issuesOf(context: Context, consent: Consent) {
  return consentIssues(consent, momentOf(context), await signerOf(context, consent));
}

/** An unknown property of an agency counts in the strictest way: not under HIPAA, not treating. */
function recipientOf(agencyId: string, treats: boolean): Recipient {
  return {
    agencyId,
    timeZone: 'UTC',
    agencyType: treats ? 'CLINIC' : 'OTHER',
    hipaaStatus: treats ? 'COVERED_ENTITY' : 'NON_HIPAA',
    active: true,
    agreements: [],
    isPart2Program: false,
    needsIdentityToDecide: false,
    treatsClient: treats,
  };
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
      const labels = coverage(consent, {
        recipient: recipientOf(recipientAgencyId, treatingProvider),
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
