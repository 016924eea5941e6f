import { needCategories } from '@throughline/privacy';
import type { Resolvers } from '../../generated/graphql.ts';
import { adviceOf } from './gap.ts';

export const resolvers: Resolvers = {
  Client: { gaps: ({ id }, _args, { loaders }) => loaders.gapsByClient.load(id.toLowerCase()) },
  CareGap: {
    advice: ({ kind }) => adviceOf[kind],
    // A category that this version does not know is told by the need itself.
    needCategory: ({ needCategory }) => needCategories.find((known) => known === needCategory) ?? null,
    screening: ({ kind, subjectId }, _args, { loaders }) =>
      kind === 'SCREEN_WITHOUT_NEED' ? loaders.screeningById.load(subjectId) : null,
    diagnosis: ({ kind, subjectId }, _args, { loaders }) =>
      kind === 'DIAGNOSIS_WITHOUT_NEED' ? loaders.diagnosisById.load(subjectId) : null,
    need: ({ kind, subjectId }) => (kind === 'NEED_WITHOUT_GOAL' ? { id: subjectId } : null),
    goal: ({ kind, subjectId }, _args, { loaders }) =>
      kind === 'GOAL_WITHOUT_WORK' ? loaders.goalById.load(subjectId) : null,
  },
};
