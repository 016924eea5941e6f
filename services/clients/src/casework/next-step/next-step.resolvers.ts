import { momentOf } from '@throughline/privacy';
import type { Resolvers } from '../../generated/graphql.ts';
import { oneBusinessDayAfter } from '../case-file/business-day.ts';
import { nextStepOf } from './next-step.ts';

export const resolvers: Resolvers = {
  CaseFile: {
    nextStep: async (caseFile, _args, context) => {
      const assignments = await context.loaders.assignmentsByCase.load(caseFile.id);
      const owner = assignments.find(({ role, endedAt }) => role === 'PRIMARY' && endedAt === null);
      const at = momentOf(context);
      const screeningDueAt = oneBusinessDayAfter({ now: caseFile.openedAt, timeZone: context.timeZone });
      return nextStepOf(caseFile, owner?.caseManagerId ?? null, { screeningDueAt }, at);
    },
  },
  CaseNextStep: {
    who: ({ staffId }, _args, { loaders }) =>
      staffId === null ? null : loaders.staffMemberById.load(staffId),
    isOverdue: ({ dueAt }, _args, { now }) => dueAt < now(),
  },
};
