import { openBytes, sealBytes, type SecretKey } from '@throughline/runtime';
import type { EntityManager } from 'typeorm';
import type { ClientDocument } from './document.ts';
import type { ObjectStore } from './object-store.ts';

/** A piece is sealed, kept and opened as one; a file of 20 MB has 20 of them. */
const pieceBytes = 1_048_576;
const setting = 'DOCUMENT_KEYS';

export const piecesOf = (bytes: number): number => Math.ceil(bytes / pieceBytes);

/** A piece opens at its own place of its own file only: they cannot be mixed, left out or put into another order. */
const ownerOf = (documentId: string, place: number, of: number) =>
  `${documentId}/${String(place)}/${String(of)}`;

/** The encrypted pieces of a file, in their order. */
export function* sealPieces(
  keys: readonly SecretKey[],
  { documentId, content }: { documentId: string; content: Buffer },
): Generator<Buffer> {
  const of = piecesOf(content.length);
  for (let place = 0; place < of; place += 1) {
    const piece = content.subarray(place * pieceBytes, (place + 1) * pieceBytes);
    yield sealBytes(keys, piece, ownerOf(documentId, place, of));
  }
}

/** Name of a piece in the object store: ids and a number, nothing of the client. */
export const nameOf = (objectId: string, place: number) => `documents/${objectId}/${String(place)}`;

/** Writes the pieces of a file into the database. */
export async function insertPieces(
  tx: EntityManager,
  documentId: string,
  pieces: Iterable<Buffer>,
): Promise<void> {
  let place = 0;
  for (const sealed of pieces) {
    const values = [documentId, place, sealed];
    await tx.query('insert into document_piece (document_id, place, sealed) values ($1, $2, $3)', values);
    place += 1;
  }
}

export interface Kept {
  db: EntityManager;
  keys: readonly SecretKey[];
  store: ObjectStore | null;
}

/** Reads a file piece by piece, so that a large one does not stand in memory. It stays where it was put, whatever the setting is now. */
export async function* readPieces(
  kept: Kept,
  document: Pick<ClientDocument, 'id' | 'bytes' | 'objectId'>,
): AsyncGenerator<Buffer> {
  const of = piecesOf(document.bytes);
  for (let place = 0; place < of; place += 1) {
    const sealed = await sealedAt(kept, document, place);
    yield openBytes(kept.keys, sealed, { owner: ownerOf(document.id, place, of), setting });
  }
}

async function sealedAt(
  { db, store }: Kept,
  { id, objectId }: Pick<ClientDocument, 'id' | 'objectId'>,
  place: number,
): Promise<Buffer> {
  if (objectId) {
    if (!store) throw new Error('a document stands in the object store, and DOCUMENT_STORE_URL is not set');
    return store.get(nameOf(objectId, place));
  }
  const [row]: { sealed: Buffer }[] = await db.query(
    'select sealed from document_piece where document_id = $1 and place = $2',
    [id, place],
  );
  if (!row) throw new Error(`piece ${String(place)} of a document is missing`);
  return row.sealed;
}
