import { connection, readPage } from '@throughline/graphql';
import { clinicalAccess, timelineAccess } from '../../assessment/access/clinical-access.ts';
import { readable } from '../../assessment/access/readable.ts';
import type { Context } from '../../context.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import { clinicalKinds } from './subjects.ts';
import type { TimelineEntry } from './timeline.ts';

/** Own entities are read here, with the same permission as anywhere; the gateway asks the owners of the others. */
async function subjectOf(
  { subjectType, subjectId }: TimelineEntry,
  context: Context,
): Promise<object | null> {
  const { loaders } = context;
  const own = {
    Screening: () => loaders.screeningById.load(subjectId),
    Episode: () => loaders.episodeById.load(subjectId),
    CarePlan: () => loaders.carePlanById.load(subjectId),
    Goal: () => loaders.goalById.load(subjectId),
  };
  if (!(subjectType in own)) return { __typename: subjectType, id: subjectId };
  const row = await readable(context, await own[subjectType as keyof typeof own]());
  return row && { ...row, __typename: subjectType };
}

export const resolvers: Resolvers = {
  Client: {
    timeline: async ({ id }, { order, kinds = null, ...args }, { loaders, viewer }) => {
      const page = readPage(args, ['instant', 'int', 'uuid']);
      const clientId = id.toLowerCase();
      const team = await loaders.careTeam.load(clientId);
      if (timelineAccess(viewer, team) !== 'OK') return null;
      const hidden = clinicalAccess(viewer, team) === 'OK' ? [] : clinicalKinds;
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
