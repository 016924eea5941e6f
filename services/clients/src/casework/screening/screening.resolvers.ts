import { act } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { decideScreening } from './screening.commands.ts';

export const resolvers: Resolvers = {
  Mutation: { decideScreening: act(decideScreening) },
  CaseFile: {
    screeningDecision: async ({ id }, _args, { loaders }) =>
      (await loaders.decisionsByCase.load(id))[0] ?? null,
  },
  ScreeningDecision: {
    decidedBy: ({ decidedBy }, _args, { loaders }) => loaders.staffMemberById.load(decidedBy),
  },
};
