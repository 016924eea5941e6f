import { act } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { registerClient } from './registration.commands.ts';

export const resolvers: Resolvers = { Mutation: { registerClient: act(registerClient) } };
