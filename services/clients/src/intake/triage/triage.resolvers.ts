import { act } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { publishTriageScript } from './triage.commands.ts';
import { currentScript } from './triage.entity.ts';

export const resolvers: Resolvers = {
  Query: { triageScript: (_root, _args, { db }) => currentScript(db.manager) },
  Mutation: { publishTriageScript: act(publishTriageScript) },
  TriageScript: {
    __resolveReference: ({ id }, { loaders }) => loaders.triageScriptById.load(id),
    publishedBy: ({ publishedBy }, _args, { loaders }) =>
      publishedBy ? loaders.staffMemberById.load(publishedBy) : null,
  },
};
