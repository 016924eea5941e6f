import { act } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { findCallbacks } from '../inquiry/find-inquiries.ts';
import { claimCallback, releaseCallback } from './callback.commands.ts';

export const resolvers: Resolvers = {
  Query: { dueCallbacks: (_root, args, context) => findCallbacks(context, args) },
  Mutation: { claimCallback: act(claimCallback), releaseCallback: act(releaseCallback) },
};
