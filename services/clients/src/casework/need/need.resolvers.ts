import { act } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { mayRead, readable, readClient } from '../../people/client/read-client.ts';
import { recordNeed, updateNeedStatus } from './need.commands.ts';

export const resolvers: Resolvers = {
  Mutation: { recordNeed: act(recordNeed), updateNeedStatus: act(updateNeedStatus) },
  CaseFile: {
    needs: async ({ id, clientId }, _args, context) =>
      (await mayRead(context, clientId, 'SOCIAL')) ? context.loaders.needsByCase.load(id) : null,
  },
  Need: {
    __resolveReference: async ({ id }, context) =>
      readable(context, await context.loaders.needById.load(id), 'SOCIAL'),
    client: ({ clientId }, _args, context) => readClient(context, clientId),
  },
};
