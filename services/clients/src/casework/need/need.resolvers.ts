import { typeOf } from '@throughline/graphql';
import { mayRead, readable, readClient } from '../../people/client/read-client.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import { recordNeed, updateNeedStatus } from './need.commands.ts';

const __resolveType = typeOf('Need') as never;

export const resolvers: Resolvers = {
  Mutation: {
    recordNeed: (_root, { input }, context) => recordNeed(context, input),
    updateNeedStatus: (_root, { input }, context) => updateNeedStatus(context, input),
  },
  RecordNeedResult: { __resolveType },
  UpdateNeedStatusResult: { __resolveType },
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
