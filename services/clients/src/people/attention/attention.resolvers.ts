import { momentOf } from '@throughline/privacy';
import type { Resolvers } from '../../generated/graphql.ts';
import { attentionOf } from './attention.ts';

export const resolvers: Resolvers = {
  Client: {
    attention: async (client, _args, context) =>
      attentionOf(client, await context.loaders.supportByClient.load(client.id), momentOf(context)),
  },
};
