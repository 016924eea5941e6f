import { seal, unseal, type SecretKey } from '@throughline/runtime';
import type pg from 'pg';

/** A connection of the role treatment_counseling. */
type Connection = Pick<pg.Client, 'query'>;

export interface NoteText {
  id: string;
  sealed: string;
}

interface Resealing {
  /** Notes that one statement changes; each is kept by itself. */
  batch?: number;
  /** Hears after each batch how many notes were changed until then. */
  onBatch?: (done: number) => void;
}

const setting = 'COUNSELING_NOTE_KEYS';

/**
 * Encrypts with the first key every counseling note that another key encrypted, and answers how many were changed. Stopped
 * at any moment it has kept whole batches, and the next call goes on with what is left. Nothing is changed when a key is
 * missing. No person reads a text, so the log of accesses has no line.
 */
export async function resealNotes(
  connection: Connection,
  keys: readonly SecretKey[],
  { batch = 100, onBatch }: Resealing = {},
): Promise<number> {
  await mustHaveKeys(connection, keys);
  let done = 0;
  let last: string | null = null;
  for (;;) {
    const rows: NoteText[] = await outdatedAfter(connection, keys, { last, batch });
    last = rows.at(-1)?.id ?? null;
    if (last === null) return done;
    done += await storeResealed(connection, keys, rows);
    onBatch?.(done);
  }
}

/** A note that was revised meanwhile stays as it is: who wrote it used the newest key that that copy of the service has. */
export async function storeResealed(
  connection: Connection,
  keys: readonly SecretKey[],
  rows: readonly NoteText[],
): Promise<number> {
  const texts = rows.map(({ id, sealed }) => seal(keys, unseal(keys, sealed, { owner: id, setting }), id));
  const { rowCount } = await connection.query(
    `update counseling.note n set sealed = r.sealed
     from unnest($1::uuid[], $2::text[], $3::text[]) as r (id, was, sealed)
     where n.id = r.id and n.sealed = r.was`,
    [rows.map(({ id }) => id), rows.map(({ sealed }) => sealed), texts],
  );
  return rowCount ?? 0;
}

async function outdatedAfter(
  connection: Connection,
  [newest]: readonly SecretKey[],
  { last, batch }: { last: string | null; batch: number },
): Promise<NoteText[]> {
  const { rows } = await connection.query<NoteText>(
    `select id, sealed from counseling.note
     where split_part(sealed, ':', 2) <> $1 and ($2::uuid is null or id > $2) order by id limit $3`,
    [newest?.id, last, batch],
  );
  return rows;
}

async function mustHaveKeys(connection: Connection, keys: readonly SecretKey[]): Promise<void> {
  const { rows } = await connection.query<{ key: string }>(
    `select distinct split_part(sealed, ':', 2) as key from counseling.note order by 1`,
  );
  const missing = rows.map(({ key }) => key).filter((key) => !keys.some(({ id }) => id === key));
  if (missing.length > 0) throw new Error(`${setting} lacks the keys ${missing.join(', ')}`);
}
