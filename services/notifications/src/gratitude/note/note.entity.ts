import { isUuid, loaderById, type Viewer } from '@throughline/graphql';
import DataLoader from 'dataloader';
import { EntitySchema, type EntityManager } from 'typeorm';
import { mayKnow, type AppreciationNote, type Standing } from './note.ts';

export const NoteEntity = new EntitySchema<AppreciationNote>({
  name: 'AppreciationNote',
  tableName: 'appreciation_note',
  columns: {
    id: { type: 'uuid', primary: true },
    toStaffId: { type: 'uuid', name: 'to_staff_id' },
    recordedBy: { type: 'uuid', name: 'recorded_by' },
    fromType: { type: 'text', name: 'from_type' },
    fromClientId: { type: 'uuid', name: 'from_client_id', nullable: true },
    kind: { type: 'text' },
    body: { type: 'text' },
    language: { type: 'text' },
    occasionId: { type: 'uuid', name: 'occasion_id', nullable: true },
    findings: { type: 'text', array: true },
    moderation: { type: 'text' },
    rejectedBecause: { type: 'text', name: 'rejected_because', nullable: true },
    moderatedBy: { type: 'uuid', name: 'moderated_by', nullable: true },
    submittedAt: { type: 'timestamptz', name: 'submitted_at' },
    deliveredAt: { type: 'timestamptz', name: 'delivered_at', nullable: true },
    reaction: { type: 'text', nullable: true },
    visibility: { type: 'text' },
    sharedBody: { type: 'text', name: 'shared_body', nullable: true },
    authorizedOn: { type: 'date', name: 'authorized_on', nullable: true },
    authorizationReference: { type: 'text', name: 'authorization_reference', nullable: true },
    version: { type: 'integer' },
  },
});

/** Staff whose notes the viewer moderates: those whom the viewer supervises, or whose supervisor is away meanwhile. */
const SUPERVISED = `
  with recursive below as (
    (select id from staff where supervisor_id = $1
     union
     select s.id from staff above join staff s on s.supervisor_id = above.id
     where above.cover_id = $1 and above.active and above.away)
    union
    select s.id from staff s join below on s.supervisor_id = below.id
  ) select id from below`;

/** Null: everybody. */
export async function supervisedBy(db: EntityManager, viewer: Viewer): Promise<ReadonlySet<string> | null> {
  if (viewer.roles.includes('PROGRAM_ADMIN')) return null;
  if (!viewer.roles.includes('SUPERVISOR') || !isUuid(viewer.id)) return new Set();
  const rows: { id: string }[] = await db.query(SUPERVISED, [viewer.id]);
  return new Set(rows.map(({ id }) => id));
}

/**
 * How the viewer stands to the note `r`, as JSON: whether the line above the receiver, or who stands in for it, has the
 * viewer; whether the viewer was told of words of crisis; whether they work in one team.
 */
function standingOfRow(viewerId: string): string {
  const viewer = `'${viewerId}'::uuid`;
  return `json_build_object(
    'supervises', exists (
      with recursive above as (
        select s.supervisor_id as id from staff s where s.id = r.to_staff_id
        union
        select s.supervisor_id from staff s join above on s.id = above.id
      )
      select 1 from above left join staff s on s.id = above.id
      where above.id = ${viewer} or (s.active and s.away and s.cover_id = ${viewer})),
    'told', exists (
      select 1 from escalation e
      where e.subject_id = r.id and e.code = 'NOTE_IN_CRISIS' and ${viewer} = any(e.told)),
    'isTeam', exists (
      select 1 from staff me join staff receiver on receiver.id = r.to_staff_id
      where me.id = ${viewer} and receiver.supervisor_id in (me.supervisor_id, me.id)))`;
}

interface Found {
  supervises: boolean;
  told: boolean;
  isTeam: boolean;
}

function standingOf({ id: viewerId, roles }: Viewer, { supervises, told, isTeam }: Found): Standing {
  const moderates = roles.includes('PROGRAM_ADMIN') || (roles.includes('SUPERVISOR') && supervises);
  return { viewerId, moderates, told, isTeam };
}

const isMember = ({ graph, id }: Viewer): boolean => graph === 'STAFF' && isUuid(id);

/** How the viewer stands to each of the notes; null for a note that is not there. */
export async function standingsTo(
  db: EntityManager,
  viewer: Viewer,
  ids: readonly string[],
): Promise<(Standing | null)[]> {
  if (!isMember(viewer)) return ids.map(() => null);
  const rows: { id: string; found: Found }[] = await db.query(
    `select r.id, ${standingOfRow(viewer.id)} as found from appreciation_note r where r.id = any($1)`,
    [ids],
  );
  const byId = new Map(rows.map(({ id, found }) => [id, standingOf(viewer, found)]));
  return ids.map((id) => byId.get(id) ?? null);
}

export function noteLoaders(db: EntityManager, viewer: Viewer) {
  const standings = new DataLoader<string, Standing | null>((ids) => standingsTo(db, viewer, ids));
  const notes = loaderById(db, {
    ...{ entity: NoteEntity, extra: isMember(viewer) ? standingOfRow(viewer.id) : 'null' },
    keep: ({ id }, found) => void standings.prime(id, found ? standingOf(viewer, found as Found) : null),
  });
  return {
    noteStanding: async ({ id }: AppreciationNote): Promise<Standing> =>
      (await standings.load(id)) ?? stranger,
    /** The note when the viewer may know of it, otherwise null, as if it did not exist. */
    noteForViewer: async (id: string): Promise<AppreciationNote | null> => {
      const note = await notes.load(id);
      const standing = note && (await standings.load(note.id));
      return standing && mayKnow(note, standing) ? note : null;
    },
  };
}

const stranger: Standing = { viewerId: '', moderates: false, told: false, isTeam: false };
