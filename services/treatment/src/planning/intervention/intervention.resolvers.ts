import { act } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { addIntervention, changeIntervention, recordInterventionDone } from './intervention.commands.ts';
import { nextDueOn } from './intervention.ts';

export const resolvers: Resolvers = {
  Mutation: {
    addIntervention: act(addIntervention),
    recordInterventionDone: act(recordInterventionDone),
    changeIntervention: act(changeIntervention),
  },
  Goal: { interventions: ({ id }, _args, { loaders }) => loaders.interventionsByGoal.load(id) },
  Intervention: {
    goal: ({ goalId }, _args, { loaders }) => loaders.goalById.load(goalId),
    owner: ({ ownerId }) => ({ id: ownerId }),
    nextDueOn: (row, _args, { timeZone }) => nextDueOn(row, timeZone),
  },
};
