import { act, byId } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { asamEditions, findEdition, nameOfLevel } from './edition.ts';
import * as commands from './loc-assessment.commands.ts';
import { differs, inForceAt } from './loc-assessment.ts';

const MOST = 50;

const levelOf = (code: string | null, edition: number) =>
  code === null ? null : { code, edition, name: nameOfLevel(code, edition) ?? code };

export const resolvers: Resolvers = {
  Query: { asamEditions: () => [...asamEditions] },
  Mutation: {
    recordLocAssessment: act(commands.recordLocAssessment),
    updateLocAssessment: act(commands.updateLocAssessment),
    signLocAssessment: act(commands.signLocAssessment),
  },
  Client: {
    locAssessments: async ({ id }, _args, { loaders }) =>
      (await loaders.locAssessmentsByClient.load(id.toLowerCase())).slice(0, MOST),
    locAssessment: async ({ id }, _args, { loaders, now }) =>
      inForceAt(await loaders.locAssessmentsByClient.load(id.toLowerCase()), now()),
  },
  LocAssessment: {
    __resolveReference: byId('locAssessmentById'),
    client: ({ clientId }) => ({ id: clientId }),
    dimensions: ({ edition, ratings }) =>
      (findEdition(edition)?.dimensions ?? []).map(({ number, name }) => {
        const { severity = null, narrative = null } =
          ratings.find(({ dimension }) => dimension === number) ?? {};
        return { number, name, severity, narrative };
      }),
    recommended: ({ recommended, edition }) => levelOf(recommended, edition),
    actual: ({ actual, edition }) => levelOf(actual, edition),
    differs: (row) => differs(row),
    labels: () => ['HEALTH', 'SUD'],
    status: ({ signedAt }) => (signedAt ? 'SIGNED' : 'DRAFT'),
    recordedBy: ({ recordedBy }) => ({ id: recordedBy }),
    signedBy: ({ signedBy }) => (signedBy ? { id: signedBy } : null),
    supersedes: ({ supersedes }, _args, { loaders }) =>
      supersedes ? loaders.locAssessmentById.load(supersedes) : null,
    supersededBy: async ({ id, clientId }, _args, { loaders }) => {
      const rows = await loaders.locAssessmentsByClient.load(clientId);
      return rows.find(({ supersedes, signedAt }) => supersedes === id && signedAt !== null) ?? null;
    },
  },
};
