import { act } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { achieveMilestone, addMilestone } from './milestone.commands.ts';

export const resolvers: Resolvers = {
  Mutation: { addMilestone: act(addMilestone), achieveMilestone: act(achieveMilestone) },
  Goal: { milestones: ({ id }, _args, { loaders }) => loaders.milestonesByGoal.load(id) },
  Milestone: { goal: ({ goalId }, _args, { loaders }) => loaders.goalById.load(goalId) },
};
