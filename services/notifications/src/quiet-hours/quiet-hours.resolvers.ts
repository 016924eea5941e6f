import { typeOf } from '@throughline/graphql';
import type { Resolvers } from '../generated/graphql.ts';
import { updateQuietHours } from './quiet-hours.commands.ts';

export const resolvers: Resolvers = {
  Mutation: {
    updateQuietHours: (_root, { input }, context) => updateQuietHours(context, input),
  },
  UpdateQuietHoursResult: { __resolveType: typeOf('QuietHours') as never },
};
