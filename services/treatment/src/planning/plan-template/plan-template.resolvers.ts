import { act, byId } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import * as commands from './plan-template.commands.ts';
import { findTemplates } from './plan-template.entity.ts';

export const resolvers: Resolvers = {
  Query: { planTemplates: (_root, { program = null }, { db }) => findTemplates(db.manager, program) },
  Mutation: {
    createPlanTemplate: act(commands.createPlanTemplate),
    changePlanTemplate: act(commands.changePlanTemplate),
    retirePlanTemplate: act(commands.retirePlanTemplate),
    applyPlanTemplate: act(commands.applyPlanTemplate),
  },
  PlanTemplate: {
    __resolveReference: byId('planTemplateById'),
    changedBy: ({ changedBy }) => ({ id: changedBy }),
  },
};
