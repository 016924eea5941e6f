import { act } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { addCredentialType, changeCredentialType } from './credential-type.commands.ts';

export const resolvers: Resolvers = {
  Mutation: {
    addCredentialType: act(addCredentialType),
    changeCredentialType: act(changeCredentialType),
  },
};
