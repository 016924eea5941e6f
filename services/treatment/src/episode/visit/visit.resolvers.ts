import { act, byId } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { recordVisit } from './visit.commands.ts';

export const resolvers: Resolvers = {
  Mutation: { recordVisit: act(recordVisit) },
  Visit: {
    __resolveReference: byId('visitById'),
    client: ({ clientId }) => ({ id: clientId }),
    recordedBy: ({ recordedBy }) => ({ id: recordedBy }),
  },
};
