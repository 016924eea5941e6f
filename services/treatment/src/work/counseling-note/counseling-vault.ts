import { createHash } from 'node:crypto';
import type { Page } from '@throughline/graphql';
import { seal, unseal, type SecretKey } from '@throughline/runtime';
import type pg from 'pg';
import { readLog, type CounselingAccess, type CounselingAct, type LogOwners } from './counseling-log.ts';
import type { CounselingNote } from './counseling-note.ts';

type Stored = Omit<CounselingNote, 'text'> & { sealed: string };

/** Who asks, and when. */
export interface Asking {
  staffId: string;
  now: Date;
}

export type NotePlace = Pick<CounselingNote, 'id' | 'clientId' | 'authorId' | 'signedAt'>;
export type NewNote = Pick<CounselingNote, 'id' | 'clientId' | 'kind' | 'sessionOn' | 'text' | 'amendsId'> & {
  key: string | null;
};

const columns = `n.id, n.client_id as "clientId", n.author_id as "authorId", n.kind,
  to_char(n.session_on, 'YYYY-MM-DD') as "sessionOn", n.sealed, n.amends_id as "amendsId",
  n.written_at as "writtenAt", n.saved_at as "savedAt", n.signed_at as "signedAt", n.version,
  array(select r.staff_id from counseling.reader r where r.note_id = n.id and r.removed_at is null
    order by r.named_at, r.staff_id) as "readerIds"`;

/** The author, and clinicians who are named. $1: who asks. */
const OPEN_TO = `(n.author_id = $1 or exists (
  select from counseling.reader r where r.note_id = n.id and r.staff_id = $1 and r.removed_at is null))`;

/** Writes down what was done to the notes that `from` answers, in the same statement. $1: who, $2: when. */
const logged = (act: CounselingAct, from: string) =>
  `logged as (insert into counseling.access_event (note_id, staff_id, act, at)
    select id, $1::uuid, '${act}', $2::timestamptz from ${from})`;

const setting = 'COUNSELING_NOTE_KEYS';

/**
 * Counseling notes: a schema of their own that the service's usual role cannot enter, a role and a pool of their own, and
 * texts encrypted with keys of their own. Each statement is whole by itself, and what reads or changes a note leaves a line
 * in the log of accesses.
 * Nothing of it reaches the outbox. Source: infra/reference/domain.md 3.6, 8.11.
 */
export class CounselingVault {
  readonly #pool: pg.Pool;
  readonly #keys: readonly SecretKey[];

  constructor(pool: pg.Pool, keys: readonly SecretKey[]) {
    this.#pool = pool;
    this.#keys = keys;
  }

  close(): Promise<void> {
    return this.#pool.end();
  }

  /** The new note; of a key that was used before the first note, or null when that was another one. */
  async write({ staffId, now }: Asking, { text, key, ...note }: NewNote): Promise<CounselingNote | null> {
    const hash = hashOf({ ...note, id: null, text });
    const sealed = seal(this.#keys, text, note.id);
    const { id, clientId, kind, sessionOn, amendsId } = note;
    const [written] = await this.#ask(
      `with n as (
         insert into counseling.note (author_id, written_at, saved_at, id, client_id, kind, session_on, sealed,
           amends_id, idempotency_key, input_hash, version)
         values ($1, $2, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)
         on conflict (author_id, idempotency_key) do nothing returning *
       ), ${logged('WRITTEN', 'n')} select ${columns} from n`,
      [staffId, now, id, clientId, kind, sessionOn, sealed, amendsId, key, hash],
    );
    if (written) return written;
    return this.#writtenBefore(staffId, key, hash);
  }

  async #writtenBefore(staffId: string, key: string | null, hash: string): Promise<CounselingNote | null> {
    const [before] = await this.#ask(
      `select ${columns} from counseling.note n
       where author_id = $1 and idempotency_key = $2 and input_hash = $3`,
      [staffId, key, hash],
    );
    return before ?? null;
  }

  /** Notes of a client that are open to who asks, newest first, with one more than the page has. */
  page({ staffId, now }: Asking, clientId: string, { first, after }: Page): Promise<CounselingNote[]> {
    return this.#ask(
      `with n as (
         select * from counseling.note n
         where client_id = $3 and ${OPEN_TO}
           and ($4::timestamptz is null or (written_at, id) < ($4::timestamptz, $5::uuid))
         order by written_at desc, id desc limit $6
       ), ${logged('READ', `(select id from n order by written_at desc, id desc limit $6 - 1) shown`)}
       select ${columns} from n order by n.written_at desc, n.id desc`,
      [staffId, now, clientId, after?.[0] ?? null, after?.[1] ?? null, first + 1],
    );
  }

  /** Whose a note is that is open to who asks. Nothing of it is read, so the log has no line. */
  async placeOf({ staffId }: Asking, id: string): Promise<NotePlace | null> {
    const { rows } = await this.#pool.query<NotePlace>(
      `select n.id, n.client_id as "clientId", n.author_id as "authorId", n.signed_at as "signedAt"
       from counseling.note n where n.id = $2 and ${OPEN_TO}`,
      [staffId, id],
    );
    return rows[0] ?? null;
  }

  async find({ staffId, now }: Asking, id: string): Promise<CounselingNote | null> {
    const [found] = await this.#ask(
      `with n as (select * from counseling.note n where id = $3 and ${OPEN_TO}), ${logged('READ', 'n')}
       select ${columns} from n`,
      [staffId, now, id],
    );
    return found ?? null;
  }

  /** Null: the note is not the own one, is signed, or has another version by now. */
  async revise(
    { staffId, now }: Asking,
    { id, expectedVersion, text }: { id: string; expectedVersion: number; text: string },
  ): Promise<CounselingNote | null> {
    const [revised] = await this.#ask(
      `with n as (
         update counseling.note set sealed = $5, saved_at = $2, version = version + 1
         where author_id = $1 and id = $3 and version = $4 and signed_at is null returning *
       ), ${logged('REVISED', 'n')} select ${columns} from n`,
      [staffId, now, id, expectedVersion, seal(this.#keys, text, id)],
    );
    return revised ?? null;
  }

  /** Null as in `revise`. */
  async sign(
    { staffId, now }: Asking,
    { id, expectedVersion }: { id: string; expectedVersion: number },
  ): Promise<CounselingNote | null> {
    const [signed] = await this.#ask(
      `with n as (
         update counseling.note set signed_at = $2, version = version + 1
         where author_id = $1 and id = $3 and version = $4 and signed_at is null returning *
       ), ${logged('SIGNED', 'n')} select ${columns} from n`,
      [staffId, now, id, expectedVersion],
    );
    return signed ?? null;
  }

  /** Done twice it is done once. */
  async name({ staffId, now }: Asking, id: string, readerId: string): Promise<void> {
    await this.#pool.query(
      `with named as (
         insert into counseling.reader (note_id, staff_id, named_at)
         select id, $4, $2 from counseling.note where author_id = $1 and id = $3
         on conflict (note_id, staff_id) where removed_at is null do nothing returning note_id as id
       ), ${logged('READER_NAMED', 'named')} select 1`,
      [staffId, now, id, readerId],
    );
  }

  async remove({ staffId, now }: Asking, id: string, readerId: string): Promise<void> {
    await this.#pool.query(
      `with removed as (
         update counseling.reader r set removed_at = $2 from counseling.note n
         where n.id = r.note_id and n.author_id = $1 and n.id = $3 and r.staff_id = $4 and r.removed_at is null
         returning note_id as id
       ), ${logged('READER_REMOVED', 'removed')} select 1`,
      [staffId, now, id, readerId],
    );
  }

  /** Who may read which lines is for the caller to say, except that the lines of one note are for its author. */
  log(owners: LogOwners, page: Page): Promise<CounselingAccess[]> {
    return readLog(this.#pool, owners, page);
  }

  async #ask(sql: string, values: unknown[]): Promise<CounselingNote[]> {
    const { rows } = await this.#pool.query<Stored>(sql, values);
    return rows.map(({ sealed, ...note }) => ({
      ...note,
      text: unseal(this.#keys, sealed, { owner: note.id, setting }),
    }));
  }
}

/** A repeated key must come with the same input; the hash tells nothing of it without the input. */
function hashOf(input: object): string {
  return createHash('sha256').update(JSON.stringify(input)).digest('hex');
}
