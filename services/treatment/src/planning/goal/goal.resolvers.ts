import { act, byId } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import * as commands from './goal.commands.ts';
import { adviceFor, commandsFor, missingParts } from './goal.ts';

export const resolvers: Resolvers = {
  Query: { goal: (_root, { id }, { loaders }) => loaders.goalById.load(id) },
  Mutation: {
    addGoal: act(commands.addGoal),
    reviseGoal: act(commands.reviseGoal),
    activateGoal: act(commands.activateGoal),
    recordGoalProgress: act(commands.recordGoalProgress),
    holdGoal: act(commands.holdGoal),
    resumeGoal: act(commands.resumeGoal),
    closeGoal: act(commands.closeGoal),
  },
  Goal: {
    __resolveReference: byId('goalById'),
    client: ({ clientId }) => ({ id: clientId }),
    carePlan: ({ carePlanId }, _args, { loaders }) => loaders.carePlanById.load(carePlanId),
    need: ({ needId }) => (needId ? { id: needId } : null),
    measure: (goal) => (goal.metric === null && goal.target === null ? null : goal),
    lint: (goal) => missingParts(goal).map((part) => ({ part, advice: adviceFor[part] })),
    allowedCommands: ({ lifecycle }) => commandsFor(lifecycle),
    progress: ({ id }, _args, { loaders }) => loaders.progressByGoal.load(id),
  },
  GoalProgress: { recordedBy: ({ recordedBy }) => ({ id: recordedBy }) },
};
