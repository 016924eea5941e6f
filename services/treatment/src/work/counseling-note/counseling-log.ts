import type { Page } from '@throughline/graphql';
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

/** Lines of all notes of a client, or of one note for its author and for nobody else. */
export type LogScope = { clientId: string } | { noteId: string; authorId: string };

/** Lines of the log, newest first, with one more than the page has. */
export async function readLog(pool: pg.Pool, scope: LogScope, page: Page): Promise<CounselingAccess[]> {
  const ofClient = 'clientId' in scope;
  const { rows } = await pool.query<CounselingAccess>(
    `select e.id as line, e.note_id as "noteId", n.client_id as "clientId", e.staff_id as "staffId", e.act, e.at,
       case when e.staff_id = n.author_id then 'AUTHOR' else 'NAMED_READER' end as "as"
     from counseling.note n join counseling.access_event e on e.note_id = n.id
     where ${ofClient ? 'n.client_id = $1' : 'n.id = $1 and n.author_id = $5'}
       and ($2::timestamptz is null or (e.at, e.id) < ($2::timestamptz, $3::bigint))
     order by e.at desc, e.id desc limit $4`,
    [
      ofClient ? scope.clientId : scope.noteId,
      ...[page.after?.[0] ?? null, page.after?.[1] ?? null, page.first + 1],
      ...(ofClient ? [] : [scope.authorId]),
    ],
  );
  return rows;
}
