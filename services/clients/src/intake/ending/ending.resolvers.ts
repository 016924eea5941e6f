import { act } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { endInquiry } from './ending.commands.ts';

export const resolvers: Resolvers = { Mutation: { endInquiry: act(endInquiry) } };
