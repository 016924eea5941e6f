import { act, byId } from '@throughline/graphql';
import type { Context } from '../../context.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import { consentOf, type ReceiverConsent } from '../consent-copy/consent-copy.ts';
import { endSupport } from './support-end.commands.ts';
import { referrerSummaryOf, type SupportEnd } from './support-end.ts';

/** Asked at each reading: a consent that ended closes the summary, too. */
async function consentOfReferrer(end: SupportEnd, { loaders }: Context): Promise<ReceiverConsent | null> {
  const { clientId, referrerAgencyId: agencyId } = end;
  if (!agencyId) return null;
  return consentOf({ name: '', agencyId, consentId: null }, await loaders.consentsByClient.load(clientId));
}

export const resolvers: Resolvers = {
  Mutation: { endSupport: act(endSupport) },
  Episode: {
    supportEnd: async ({ id }, _args, { loaders }) =>
      (await loaders.supportEndsByEpisode.load(id))[0] ?? null,
  },
  SupportEnd: {
    __resolveReference: byId('supportEndById'),
    client: ({ clientId }) => ({ id: clientId }),
    episode: ({ episodeId }, _args, { loaders }) => loaders.episodeById.load(episodeId),
    endedBy: ({ endedBy }) => ({ id: endedBy }),
    evaluation: ({ evaluation }) => [...evaluation],
    contactAfter: async ({ id }, _args, { loaders }) =>
      (await loaders.aftercareContactsBySource.load(id))[0] ?? null,
    referrerConsent: (end, _args, context) => consentOfReferrer(end, context),
    referrerSummary: async (end, _args, context) => {
      const consent = await consentOfReferrer(end, context);
      return consent === null || consent === 'MISSING' ? null : referrerSummaryOf(end);
    },
  },
};
