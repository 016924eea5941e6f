import { connection, isUuid, readPage } from '@throughline/graphql';
import type { Context } from '../../context.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import { hiddenOf } from '../timeline/hidden.ts';
import type { TimelineEntry } from '../timeline/timeline.ts';
import { findEntries, findLastAbsence, type AbsenceEntry } from './absence.loaders.ts';

/** Who came back reads of a client what the timeline of the client shows that person now. */
async function isShownTo({ care }: Context, entry: TimelineEntry): Promise<boolean> {
  if (!(await care.mayRead(entry.clientId, 'TIMELINE'))) return false;
  const { kinds, teamNotes } = await hiddenOf(care, entry.clientId);
  return !kinds.includes(entry.kind) && !(teamNotes && entry.subjectType === 'ProgressNote');
}

async function shownEntries(context: Context, rows: readonly AbsenceEntry[]) {
  const entries = await context.loaders.timelineEntryById.loadMany(rows.map(({ id }) => id));
  const shown = await Promise.all(
    entries.map(async (entry) =>
      entry && !(entry instanceof Error) && (await isShownTo(context, entry)) ? entry : null,
    ),
  );
  return new Map(shown.flatMap((entry) => (entry ? [[entry.id, entry] as const] : [])));
}

export const resolvers: Resolvers = {
  StaffMember: {
    sinceYouLeft: async ({ id }, _args, { viewer, db }) => {
      const isSelf = viewer.graph === 'STAFF' && isUuid(id) && viewer.id === id.toLowerCase();
      return isSelf ? findLastAbsence(db.manager, viewer.id) : null;
    },
  },
  HandBack: {
    from: ({ beganAt }) => beganAt,
    until: ({ endedAt }) => endedAt,
    cover: ({ coverId }) => (coverId ? { id: coverId } : null),
    entries: async (absence, { onlyInYourName, ...args }, context) => {
      const page = readPage(args, `since you left ${absence.id}`);
      const rows = await findEntries(context.db.manager, absence, {
        ...{ page, onlyInYourName: onlyInYourName ?? false },
      });
      const entries = await shownEntries(context, rows);
      const found = connection(rows, page, ({ occurredAt, sequence, id }) => [occurredAt, sequence, id]);
      const edges = found.edges.flatMap(({ cursor, node }) => {
        const entry = entries.get(node.id);
        return entry ? [{ cursor, node: { ...node, entry } }] : [];
      });
      return { ...found, edges };
    },
  },
  HandBackEntry: { client: ({ clientId }) => ({ id: clientId }) },
};
