import { mayChange, StaffStandingEntity, type CareReader } from '@throughline/care';
import { hasRole, loaderById, loaderByOwner, type Page, type Viewer } from '@throughline/graphql';
import DataLoader from 'dataloader';
import { In, type DataSource } from 'typeorm';
import { couldCosign } from './cosigner.ts';
import { NoteAddendumEntity, ProgressNoteEntity } from './progress-note.entity.ts';
import { isTextOpen, type ProgressNote } from './progress-note.ts';

export interface NoteFilter {
  statuses?: readonly string[] | null | undefined;
  kinds?: readonly string[] | null | undefined;
  labels?: readonly string[] | null | undefined;
  authorId?: string | null | undefined;
}

/** Notes of a client, or those that serve a goal of the client. */
export interface NotePage extends Page {
  owner: 'CLIENT' | 'GOAL';
  ownerId: string;
  clientId: string;
  filter: NoteFilter;
}

interface Asking {
  db: DataSource;
  care: CareReader;
  viewer: Viewer;
}

export function noteLoaders({ db, care, viewer }: Asking) {
  const rows = loaderById(db.manager, care.rowsWithCare(ProgressNoteEntity));
  const asking = { db, care, viewer };
  return {
    /** Null, too, where the note is not for this viewer. */
    noteById: new DataLoader<string, ProgressNote | null>((ids) =>
      Promise.all(ids.map(async (id) => visibleTo(asking, await rows.load(id)))),
    ),
    notePage: new DataLoader<NotePage, ProgressNote[], string>((pages) => loadPages(asking, pages), {
      cacheKeyFn: (page) => JSON.stringify(page),
    }),
    addendaOfNote: loaderByOwner(db.manager, NoteAddendumEntity, 'noteId', { addedAt: 'ASC', id: 'ASC' }),
  };
}

/** Who reads everything of the clinical record reads the notes that are not for peers. */
const isFull = (care: CareReader, clientId: string) => care.mayRead(clientId, 'ANSWERS');

async function visibleTo({ care, viewer }: Asking, note: ProgressNote | null): Promise<ProgressNote | null> {
  if (!note || note.authorId === viewer.id) return note;
  if (!isTextOpen(note, viewer.id))
    return note.status === 'DRAFT' && hasRole(viewer, 'SUPERVISOR') ? note : null;
  return note.visibility === 'CARE_TEAM' || (await isFull(care, note.clientId)) ? note : null;
}

/** As `visibleTo`, for pages. */
const VISIBLE = `(
  author_id = :viewerId
  or (status in ('SIGNED', 'AWAITING_COSIGNATURE') and (visibility = 'CARE_TEAM' or :isFull))
  or (status = 'DRAFT' and :isSupervisor))`;

const owned = {
  CLIENT: `client_id = o.id`,
  GOAL: `goal_ids @> array[o.id] and status in ('SIGNED', 'AWAITING_COSIGNATURE')`,
};

/** Ids of the pages of all owners with the same arguments, in one statement. */
const pageOf = (owner: NotePage['owner']) => `
  select p.id from unnest(:ownerIds::uuid[]) as o (id)
  cross join lateral (
    select id from progress_note
    where ${owned[owner]} and ${VISIBLE}
      and (:at::timestamptz is null or (drafted_at, id) < (:at::timestamptz, :id::uuid))
      and (:statuses::text[] is null or status = any(:statuses::text[]))
      and (:kinds::text[] is null or kind = any(:kinds::text[]))
      and (:labels::text[] is null or labels && :labels::text[])
      and (:authorId::uuid is null or author_id = :authorId::uuid)
    order by drafted_at desc, id desc limit :limit
  ) p`;

async function loadPages(asking: Asking, pages: readonly NotePage[]): Promise<ProgressNote[][]> {
  const full = await Promise.all(pages.map(({ clientId }) => isFull(asking.care, clientId)));
  const alike = Map.groupBy(pages, (page) => {
    const { owner, filter, first, after } = page;
    return JSON.stringify([owner, filter, first, after, full[pages.indexOf(page)]]);
  });
  const found = new Map<NotePage, ProgressNote[]>();
  for (const group of alike.values()) {
    const [first] = group;
    if (!first) continue;
    const rows = await loadAlike(asking, group, full[pages.indexOf(first)] ?? false);
    for (const page of group) found.set(page, rows.filter(isOf(page)));
  }
  return pages.map((page) => found.get(page) ?? []);
}

const isOf =
  ({ owner, ownerId }: NotePage) =>
  ({ clientId, goalIds }: ProgressNote) =>
    owner === 'CLIENT' ? clientId === ownerId : goalIds.includes(ownerId);

async function loadAlike(
  { db, viewer }: Asking,
  pages: readonly NotePage[],
  isFullReader: boolean,
): Promise<ProgressNote[]> {
  const [page] = pages;
  if (!page) return [];
  const { owner, first, after, filter } = page;
  const { statuses = null, kinds = null, labels = null, authorId = null } = filter;
  return db.manager
    .createQueryBuilder(ProgressNoteEntity, 'n')
    .where(`n.id = any(array(${pageOf(owner)}))`)
    .setParameters({
      ...{ ownerIds: pages.map(({ ownerId }) => ownerId), limit: first + 1 },
      ...{ at: after?.[0] ?? null, id: after?.[1] ?? null, statuses, kinds, labels, authorId },
      ...{ viewerId: viewer.id, isFull: isFullReader, isSupervisor: hasRole(viewer, 'SUPERVISOR') },
    })
    .orderBy({ 'n.draftedAt': 'DESC', 'n.id': 'DESC' })
    .getMany();
}

/**
 * Notes that may wait for this supervisor: because the note names the person or nobody, or because the person supervises
 * the client, or nobody does by name.
 */
const WAITING = `
  select id from progress_note where status = 'AWAITING_COSIGNATURE' and cosigner_id = :viewerId
  union
  select id from progress_note where status = 'AWAITING_COSIGNATURE' and cosigner_id is null
  union
  select waiting.id from (
    select client_id from care where supervisor_id = :viewerId
    union all
    select client_id from care where supervisor_id is null
  ) team cross join lateral (
    select p.id from progress_note p
    where p.client_id = team.client_id and p.status = 'AWAITING_COSIGNATURE' offset 0
  ) waiting`;

/** Those notes, the oldest first, with one more than the page has. */
export async function findNotesToCosign(
  db: DataSource,
  viewerId: string,
  { first, after }: Page,
): Promise<ProgressNote[]> {
  return db.manager
    .createQueryBuilder(ProgressNoteEntity, 'n')
    .where(`n.id = any(array(${WAITING})) and n.author_id <> :viewerId`)
    .andWhere('(:at::timestamptz is null or (n.awaits_since, n.id) > (:at::timestamptz, :id::uuid))')
    .setParameters({ viewerId, at: after?.[0] ?? null, id: after?.[1] ?? null })
    .orderBy({ 'n.awaitsSince': 'ASC', 'n.id': 'ASC' })
    .limit(first + 1)
    .getMany();
}

/**
 * Whether a note is in the queue of the viewer: who it names comes first, and while that person cannot sign it, because
 * the case went to another team or the person left, every supervisor of the client. So no note is without a queue.
 */
export async function isInQueue(
  { db, care, viewer }: Asking,
  notes: readonly ProgressNote[],
): Promise<(note: ProgressNote) => boolean> {
  const cosigners = [...new Set(notes.flatMap(({ cosignerId }) => cosignerId ?? []))];
  const standings = await db.manager.findBy(StaffStandingEntity, { staffId: In(cosigners) });
  const standing = new Map(standings.map((one) => [one.staffId, one]));
  const relations = await Promise.all(
    notes.map(async (note) => [note, await care.load(note.clientId)] as const),
  );
  const careOf = new Map(relations);
  return (note) => {
    const { cosignerId: id } = note;
    const of = careOf.get(note) ?? null;
    if (!mayChange(viewer, of, 'CLINICAL')) return false;
    return id === null || id === viewer.id || !couldCosign(id, standing.get(id) ?? null, of);
  };
}
