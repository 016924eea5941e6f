import { act, byId } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import * as commands from './crisis-alert.commands.ts';
import { allowedCommands } from './crisis-alert.ts';

export const resolvers: Resolvers = {
  Query: { crisisAlert: (_root, { id }, { loaders }) => loaders.crisisById.load(id) },
  Mutation: {
    openCrisis: act(commands.openCrisis),
    acknowledgeCrisis: act(commands.acknowledgeCrisis),
    startCrisisResponse: act(commands.startCrisisResponse),
    stabiliseCrisis: act(commands.stabiliseCrisis),
    handOffCrisis: act(commands.handOffCrisis),
    reportClientNotLocated: act(commands.reportClientNotLocated),
    reviewCrisis: act(commands.reviewCrisis),
  },
  Client: {
    openCrisisAlerts: ({ id }, _args, { loaders }) => loaders.openCrisesByClient.load(id.toLowerCase()),
  },
  CrisisAlert: {
    __resolveReference: byId('crisisById'),
    client: ({ clientId }) => ({ id: clientId }),
    screening: ({ screeningId }, _args, { loaders }) =>
      screeningId ? loaders.screeningById.load(screeningId) : null,
    openedBy: ({ openedBy }) => (openedBy ? { id: openedBy } : null),
    acknowledgedBy: ({ acknowledgedBy }) => (acknowledgedBy ? { id: acknowledgedBy } : null),
    isUnacknowledged: ({ state, acknowledgeBy }, _args, { now }) =>
      state === 'OPEN' && acknowledgeBy !== null && acknowledgeBy < now(),
    reviewedBy: ({ reviewedBy }) => (reviewedBy ? { id: reviewedBy } : null),
    history: ({ id }, _args, { loaders }) => loaders.stepsOfCrisis.load(id),
    allowedCommands: (alert, _args, { viewer }) => allowedCommands(alert, viewer.roles),
  },
  CrisisStep: { by: ({ by }) => (by ? { id: by } : null) },
};
