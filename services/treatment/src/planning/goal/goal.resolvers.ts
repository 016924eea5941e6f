import { typeOf } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { addGoal } from './add-goal.ts';
import { activateGoal, closeGoal, recordGoalProgress, reviseGoal } from './goal.commands.ts';
import { adviceFor, missingParts } from './goal.ts';

const __resolveType = typeOf('Goal') as never;

export const resolvers: Resolvers = {
  Query: { goal: (_root, { id }, { loaders }) => loaders.goalById.load(id) },
  Mutation: {
    addGoal: (_root, { input }, context) => addGoal(context, input),
    reviseGoal: (_root, { input }, context) => reviseGoal(context, input),
    activateGoal: (_root, { input }, context) => activateGoal(context, input),
    recordGoalProgress: (_root, { input }, context) => recordGoalProgress(context, input),
    closeGoal: (_root, { input }, context) => closeGoal(context, input),
  },
  AddGoalResult: { __resolveType },
  ReviseGoalResult: { __resolveType },
  ActivateGoalResult: { __resolveType },
  RecordGoalProgressResult: { __resolveType },
  CloseGoalResult: { __resolveType },
  Goal: {
    __resolveReference: ({ id }, { loaders }) => loaders.goalById.load(id),
    client: ({ clientId }) => ({ id: clientId }),
    carePlan: ({ carePlanId }, _args, { loaders }) => loaders.carePlanById.load(carePlanId),
    need: ({ needId }) => (needId ? { id: needId } : null),
    measure: (goal) => (goal.metric === null && goal.target === null ? null : goal),
    lint: (goal) => missingParts(goal).map((part) => ({ part, advice: adviceFor[part] })),
    progress: ({ id }, _args, { loaders }) => loaders.progressByGoal.load(id),
  },
  GoalProgress: { recordedBy: ({ recordedBy }) => ({ id: recordedBy }) },
};
