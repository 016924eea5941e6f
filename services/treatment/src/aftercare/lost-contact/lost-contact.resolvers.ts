import { act, byId } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import * as commands from './lost-contact.commands.ts';

const staff = (id: string | null) => (id ? { id } : null);

export const resolvers: Resolvers = {
  Mutation: {
    decideLostContact: act(commands.decideLostContact),
    reviewLostContact: act(commands.reviewLostContact),
  },
  Client: {
    lostContactDecisions: ({ id }, _args, { loaders }) => loaders.lostContactsByClient.load(id.toLowerCase()),
  },
  LostContactDecision: {
    __resolveReference: byId('lostContactById'),
    client: ({ clientId }) => ({ id: clientId }),
    stay: ({ stayId }, _args, { loaders }) => loaders.stayById.load(stayId),
    attempts: ({ attemptIds }) => attemptIds.map((id) => ({ id })),
    decidedBy: ({ decidedBy }) => staff(decidedBy),
    reviewedBy: ({ reviewedBy }) => staff(reviewedBy),
    history: ({ id }, _args, { loaders }) => loaders.lostContactSteps.load(id),
  },
  LostContactStep: { by: ({ by }) => ({ id: by }) },
};
