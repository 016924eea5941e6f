import { act, byId } from '@throughline/graphql';
import type { Context } from '../../context.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import * as commands from './care-plan.commands.ts';
import { commandsFor } from './care-plan.ts';
import { contentOf, differenceOf, hashOf } from './content.ts';
import type { PlanVersion } from './plan-version.ts';

/** What the plan says now. */
async function contentNow(planId: string, { loaders }: Context) {
  const goals = await loaders.goalsByCarePlan.load(planId);
  const ids = goals.map(({ id }) => id);
  const milestones = (await loaders.milestonesByGoal.loadMany(ids)).flatMap(rowsOf);
  const interventions = (await loaders.interventionsByGoal.loadMany(ids)).flatMap(rowsOf);
  return contentOf({ goals, milestones, interventions });
}

function rowsOf<Row>(found: Row[] | Error): Row[] {
  if (found instanceof Error) throw found;
  return found;
}

/** A version, and the day on which the next one takes its place. */
export interface VersionWithEnd extends PlanVersion {
  effectiveTo: string | null;
}

/** Of two versions that begin on one day the later one counts. */
function withEnds(versions: readonly PlanVersion[]): VersionWithEnd[] {
  return versions.map((version, index) => ({
    ...version,
    effectiveTo: versions[index + 1]?.effectiveFrom ?? null,
  }));
}

export const resolvers: Resolvers = {
  Query: { carePlan: (_root, { id }, { loaders }) => loaders.carePlanById.load(id) },
  Mutation: {
    openCarePlan: act(commands.openCarePlan),
    activateCarePlan: act(commands.activateCarePlan),
    recordPlanAgreement: act(commands.recordPlanAgreement),
    reviewCarePlan: act(commands.reviewCarePlan),
    completeCarePlan: act(commands.completeCarePlan),
    supersedeCarePlan: act(commands.supersedeCarePlan),
  },
  Client: {
    carePlan: async ({ id }, _args, { loaders }) => {
      const [latest] = await loaders.carePlansByClient.load(id);
      return latest ?? null;
    },
  },
  CaseFile: {
    __resolveReference: ({ id }) => ({ id }),
    carePlan: async ({ id }, _args, { loaders }) => {
      const [latest] = await loaders.carePlansByCase.load(id);
      return latest ?? null;
    },
  },
  CarePlan: {
    __resolveReference: byId('carePlanById'),
    client: ({ clientId }) => ({ id: clientId }),
    caseFile: ({ caseId }) => ({ id: caseId }),
    goals: ({ id }, _args, { loaders }) => loaders.goalsByCarePlan.load(id),
    content: async ({ id }, _args, context) => {
      const hash = hashOf(await contentNow(id, context));
      const latest = (await context.loaders.planVersions.load(id)).at(-1);
      return { hash, hasUnagreedChanges: latest?.contentHash !== hash };
    },
    versions: async ({ id }, _args, { loaders }) => withEnds(await loaders.planVersions.load(id)),
    difference: async ({ id }, { from, to }, context) => {
      const versions = await context.loaders.planVersions.load(id);
      const contentOfVersion = (number: number) => versions.find((one) => one.number === number)?.content;
      const before = contentOfVersion(from);
      const after = to == null ? await contentNow(id, context) : contentOfVersion(to);
      return before && after ? differenceOf(before, after) : null;
    },
    reviews: ({ id }, _args, { loaders }) => loaders.planReviews.load(id),
    supersedes: ({ supersedesId }, _args, { loaders }) =>
      supersedesId ? loaders.carePlanById.load(supersedesId) : null,
    allowedCommands: ({ status }) => commandsFor(status),
  },
  CarePlanVersion: { recordedBy: ({ recordedBy }) => ({ id: recordedBy }) },
  CarePlanReview: { reviewedBy: ({ reviewedBy }) => ({ id: reviewedBy }) },
};
