import { act, byId } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import * as commands from './aftercare-plan.commands.ts';
import { consentOf } from '../consent-copy/consent-copy.ts';
import { printPlan } from './print.ts';
import { missingOf } from './aftercare-plan.ts';

export const resolvers: Resolvers = {
  Mutation: {
    openAftercarePlan: act(commands.openAftercarePlan),
    writeAftercarePlan: act(commands.writeAftercarePlan),
    reviewAftercarePlan: act(commands.reviewAftercarePlan),
    activateAftercarePlan: act(commands.activateAftercarePlan),
  },
  Episode: {
    aftercarePlans: ({ id }, _args, { loaders }) => loaders.aftercarePlansByEpisode.load(id),
  },
  AftercarePlan: {
    __resolveReference: byId('aftercarePlanById'),
    client: ({ clientId }) => ({ id: clientId }),
    episode: ({ episodeId }, _args, { loaders }) => loaders.episodeById.load(episodeId),
    missing: (plan, _args, { timeZone }) => missingOf(plan, timeZone),
    sections: ({ sections }) => sections as never,
    receivers: async ({ clientId, receivers }, _args, { loaders }) => {
      const consents = await loaders.consentsByClient.load(clientId);
      return receivers.map((one) => ({ ...one, consent: consentOf(one, consents) }));
    },
    document: (plan, { language, part }, { timeZone }) => printPlan(plan, { language, part, timeZone }),
    clonedFrom: ({ clonedFromId }, _args, { loaders }) =>
      clonedFromId ? loaders.aftercarePlanById.load(clonedFromId) : null,
    activatedBy: ({ activatedBy }) => (activatedBy ? { id: activatedBy } : null),
  },
};
