import { act, byId } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { activateGoal, addGoal, closeGoal, recordGoalProgress, reviseGoal } from './goal.commands.ts';
import { adviceFor, missingParts } from './goal.ts';

export const resolvers: Resolvers = {
  Query: { goal: (_root, { id }, { loaders }) => loaders.goalById.load(id) },
  Mutation: {
    addGoal: act(addGoal),
    reviseGoal: act(reviseGoal),
    activateGoal: act(activateGoal),
    recordGoalProgress: act(recordGoalProgress),
    closeGoal: act(closeGoal),
  },
  Goal: {
    __resolveReference: byId('goalById'),
    client: ({ clientId }) => ({ id: clientId }),
    carePlan: ({ carePlanId }, _args, { loaders }) => loaders.carePlanById.load(carePlanId),
    need: ({ needId }) => (needId ? { id: needId } : null),
    measure: (goal) => (goal.metric === null && goal.target === null ? null : goal),
    lint: (goal) => missingParts(goal).map((part) => ({ part, advice: adviceFor[part] })),
    progress: ({ id }, _args, { loaders }) => loaders.progressByGoal.load(id),
  },
  GoalProgress: { recordedBy: ({ recordedBy }) => ({ id: recordedBy }) },
};
