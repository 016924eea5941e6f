import { act } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { recordNeed, updateNeedStatus } from './need.commands.ts';

export const resolvers: Resolvers = {
  Mutation: { recordNeed: act(recordNeed), updateNeedStatus: act(updateNeedStatus) },
  CaseFile: { needs: ({ id }, _args, { loaders }) => loaders.needsByCase.load(id) },
  Need: {
    __resolveReference: ({ id }, { loaders }) => loaders.needById.load(id),
    client: ({ clientId }, _args, { loaders }) => loaders.clientById.load(clientId),
  },
};
