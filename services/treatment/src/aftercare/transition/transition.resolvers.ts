import { act, byId } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import * as commands from './transition.commands.ts';
import { isAppointmentMissing, unconfirmed } from './care-transition.ts';

export const resolvers: Resolvers = {
  Mutation: {
    planTransition: act(commands.planTransition),
    changeTransition: act(commands.changeTransition),
    confirmHandOff: act(commands.confirmHandOff),
    startTransition: act(commands.startTransition),
    recordArrival: act(commands.recordArrival),
    failTransition: act(commands.failTransition),
    completeTransition: act(commands.completeTransition),
  },
  Episode: { transitions: ({ id }, _args, { loaders }) => loaders.transitionsByEpisode.load(id) },
  CareTransition: {
    __resolveReference: byId('transitionById'),
    client: ({ clientId }) => ({ id: clientId }),
    episode: ({ episodeId }, _args, { loaders }) => loaders.episodeById.load(episodeId),
    fromStay: ({ fromStayId }, _args, { loaders }) => (fromStayId ? loaders.stayById.load(fromStayId) : null),
    toSetting: ({ toSetting }) => toSetting as never,
    referral: ({ referralId }) => (referralId ? { id: referralId } : null),
    confirmations: ({ confirmations }) => [...confirmations],
    unconfirmed,
    appointmentMissing: (transition, _args, { timeZone }) => isAppointmentMissing(transition, timeZone),
  },
  HandOffConfirmation: {
    by: ({ by }) => (by ? { id: by } : null),
    at: ({ at }) => new Date(at),
  },
};
