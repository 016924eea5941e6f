import { act } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { setCaseModifiers } from './modifier.commands.ts';

export const resolvers: Resolvers = {
  Mutation: { setCaseModifiers: act(setCaseModifiers) },
  CaseFile: {
    modifiers: async ({ id }, _args, { loaders }) =>
      (await loaders.modifiersByCase.load(id))[0]?.modifiers ?? [],
  },
};
