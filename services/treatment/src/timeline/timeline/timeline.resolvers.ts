import { connection, readPage } from '@throughline/graphql';
import type { Context } from '../../context.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import { clinicalKinds } from './subjects.ts';
import type { TimelineEntry } from './timeline.ts';

/**
 * This service reads its own entities; the gateway asks the owners of the others. Each owner checks its own
 * permission.
 */
async function subjectOf(
  { subjectType, subjectId }: TimelineEntry,
  context: Context,
): Promise<object | null> {
  const { loaders, care } = context;
  const own = {
    Screening: () => loaders.screeningById.load(subjectId),
    Episode: () => loaders.episodeById.load(subjectId),
    CarePlan: () => loaders.carePlanById.load(subjectId),
    Goal: () => loaders.goalById.load(subjectId),
  };
  if (!(subjectType in own)) return { __typename: subjectType, id: subjectId };
  const row = await own[subjectType as keyof typeof own]();
  return row && (await care.mayRead(row.clientId, 'CLINICAL')) ? { ...row, __typename: subjectType } : null;
}

export const resolvers: Resolvers = {
  Client: {
    timeline: async ({ id }, { order, kinds = null, ...args }, { loaders, care }) => {
      const page = readPage(args, 'timeline');
      const clientId = id.toLowerCase();
      const hidden = (await care.mayRead(clientId, 'CLINICAL')) ? [] : clinicalKinds;
      const { first, after } = page;
      const rows = await loaders.timelinePage.load({
        ...{ clientId, order, kinds, hidden, after, limit: first + 1 },
      });
      return connection(rows, page, (row) => [row.occurredAt, row.sequence, row.id]);
    },
  },
  TimelineEntry: {
    actor: (entry) => ({
      kind: entry.actorKind,
      staff: entry.actorKind === 'STAFF' ? { id: entry.actorId } : null,
      agency: entry.actorAgencyId ? { id: entry.actorAgencyId } : null,
    }),
    subject: (entry, _args, context) => subjectOf(entry, context) as never,
  },
};
