import { act } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { askToCloseCase, decideCloseRequest } from './close-request.commands.ts';

export const resolvers: Resolvers = {
  Mutation: { askToCloseCase: act(askToCloseCase), decideCloseRequest: act(decideCloseRequest) },
  CaseFile: {
    closeRequest: async ({ id }, _args, { loaders }) =>
      (await loaders.closeRequestsByCase.load(id))[0] ?? null,
  },
  CloseRequest: {
    askedBy: ({ askedBy }, _args, { loaders }) => loaders.staffMemberById.load(askedBy),
    decidedBy: ({ decidedBy }, _args, { loaders }) =>
      decidedBy ? loaders.staffMemberById.load(decidedBy) : null,
  },
};
