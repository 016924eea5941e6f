import { momentOf } from '@throughline/privacy';
import type { Resolvers } from '../../generated/graphql.ts';
import { casesAtRisk } from './cases-at-risk.ts';
import { boundsAt, risksOf } from './safety-net.ts';

export const resolvers: Resolvers = {
  Query: { casesAtRisk: (_root, args, context) => casesAtRisk(context, args) },
  CaseFile: {
    risks: async (caseFile, _args, context) =>
      risksOf(caseFile, await context.loaders.isLedByCase.load(caseFile.id), boundsAt(momentOf(context))),
  },
};
