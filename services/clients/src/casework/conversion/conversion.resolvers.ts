import { act } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { convertInquiry } from './conversion.commands.ts';

export const resolvers: Resolvers = {
  Mutation: { convertInquiry: act(convertInquiry) },
  CaseFile: {
    firstInquiry: ({ id }, _args, { loaders }) => loaders.firstInquiryByCase.load(id),
    firstContactAt: async ({ id, openedAt }, _args, { loaders }) =>
      (await loaders.firstInquiryByCase.load(id))?.receivedAt ?? openedAt,
  },
  Inquiry: {
    caseFile: ({ caseId }, _args, { loaders }) => (caseId ? loaders.caseFileById.load(caseId) : null),
  },
};
