import { pageBy, type Page } from '@throughline/graphql';
import type pg from 'pg';

export type CounselingAct = 'WRITTEN' | 'REVISED' | 'SIGNED' | 'READ' | 'READER_NAMED' | 'READER_REMOVED';

/** A line of the log of accesses. It says nothing of what a note holds. */
export interface CounselingAccess {
  /** Position among lines of the same moment. */
  line: string;
  noteId: string;
  clientId: string;
  staffId: string;
  act: CounselingAct;
  as: 'AUTHOR' | 'NAMED_READER';
  at: Date;
}

/** Whose lines: of all notes of clients, or of notes of this author and of nobody else. */
export type LogOwners = { clientIds: readonly string[] } | { noteIds: readonly string[]; authorId: string };

const placeOf = {
  CLIENTS: 'n.client_id = o.id and $5::uuid is null',
  NOTES: 'n.id = o.id and n.author_id = $5::uuid',
};

/** A page of lines for each of the owners, newest first, with one more than the page has; in one statement. */
export async function readLog(
  pool: pg.Pool,
  owners: LogOwners,
  { first, after }: Pick<Page, 'first' | 'after'>,
): Promise<CounselingAccess[]> {
  const [ids, authorId, place] =
    'clientIds' in owners
      ? [owners.clientIds, null, placeOf.CLIENTS]
      : [owners.noteIds, owners.authorId, placeOf.NOTES];
  const { rows } = await pool.query<CounselingAccess>(
    `select l.* from unnest($1::uuid[]) as o (id)
     cross join lateral (
       select e.id as line, e.note_id as "noteId", n.client_id as "clientId", e.staff_id as "staffId", e.act, e.at,
         case when e.staff_id = n.author_id then 'AUTHOR' else 'NAMED_READER' end as "as"
       from counseling.note n join counseling.access_event e on e.note_id = n.id
       where ${place} and ($2::timestamptz is null or (e.at, e.id) < ($2::timestamptz, $3::bigint))
       order by e.at desc, e.id desc limit $4
     ) l order by l.at desc, l.line desc`,
    [ids, after?.[0] ?? null, after?.[1] ?? null, first + 1, authorId],
  );
  return rows;
}

/** The part of the vault that has the log. */
interface Logged {
  log: (owners: LogOwners, page: Page) => Promise<CounselingAccess[]>;
}

export function counselingLogLoaders(vault: Logged, authorId: string) {
  return {
    /** Lines of the own notes. */
    accessesOfNote: pageBy('noteId', (noteIds, page: Page & { noteId: string }) =>
      vault.log({ noteIds, authorId }, page),
    ),
  };
}
