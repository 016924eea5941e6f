import { createHash } from 'node:crypto';
import type { Care } from '@throughline/care';
import { command } from '@throughline/command';
import { uuidV7 } from '@throughline/events';
import { isProblem, type Problem } from '@throughline/graphql/problems';
import type { Context } from '../../context.ts';
import type { AddDocumentInput, WithdrawDocumentInput } from '../../generated/graphql.ts';
import { insertPieces, nameOf, piecesOf, sealPieces } from './document-content.ts';
import { awaitContent, watchObjects } from './document-timers.ts';
import { DocumentEntity } from './document.entity.ts';
import * as documents from './document.ts';
import type { ObjectStore } from './object-store.ts';

/** The class decides the part of the record. */
const mayChange = (
  { care: reader, viewer }: Context,
  care: Care | null,
  { class: kind }: Pick<documents.ClientDocument, 'class'>,
) => reader.mayChange(viewer, care, documents.classes[kind].part);

const isOwn = ({ viewer }: Context, { addedBy }: documents.ClientDocument) => addedBy === viewer.id;

/** The row first; the content comes over HTTP to the link of the answer. */
export const addDocument = (context: Context, input: AddDocumentInput) =>
  command(
    context,
    {
      ...{ name: 'addDocument', input, client: input.clientId, creates: DocumentEntity },
      may: (care) => mayChange(context, care, input),
      check: () => documents.documentFaults(input, context.files.mostBytes),
    },
    ({ clientId }, { tx, now, viewer }) => {
      const added = documents.addDocument(clientId, input, { id: viewer.id, now });
      return { ...added, also: () => awaitContent(tx, added.insert.id, now) };
    },
  );

export const withdrawDocument = (context: Context, input: WithdrawDocumentInput) =>
  command(
    context,
    {
      ...{ name: 'withdrawDocument', input, lock: [DocumentEntity, input.id] as const },
      may: (care, document) => mayChange(context, care, document),
    },
    (document, { now, viewer }) => documents.withdrawDocument(document, input.reason, { id: viewer.id, now }),
  );

interface Content {
  documentId: string;
  content: Buffer;
}

/** Keeps the content of a document that the viewer announced. Of two uploads at once the first one counts. */
export async function storeDocument(
  context: Context,
  { documentId, content }: Content,
): Promise<documents.ClientDocument | Problem> {
  const { keys, store } = context.files;
  const sha256 = createHash('sha256').update(content).digest('hex');
  const pieces = sealPieces(keys, { documentId, content });
  const objectId = store && (await putApart(context, store, { documentId, pieces, bytes: content.length }));
  return command(
    context,
    {
      ...{ name: 'storeDocument', input: {}, lock: [DocumentEntity, documentId] as const },
      may: (care, document) => isOwn(context, document) && mayChange(context, care, document),
    },
    (document, { tx, now }) => {
      const decided = documents.storeDocument(document, { sha256, objectId }, now);
      if (isProblem(decided) || objectId) return decided;
      return { ...decided, also: () => insertPieces(tx, documentId, pieces) };
    },
  );
}

interface Apart {
  documentId: string;
  pieces: Iterable<Buffer>;
  bytes: number;
}

/** Before the transaction, because it must not wait for another machine. A timer takes the pieces away if it does not commit. */
async function putApart(
  { db, now }: Context,
  store: ObjectStore,
  { documentId, pieces, bytes }: Apart,
): Promise<string> {
  const objectId = uuidV7(now());
  await watchObjects(db.manager, { documentId, objectId, pieces: piecesOf(bytes) }, now());
  let place = 0;
  for (const sealed of pieces) {
    await store.put(nameOf(objectId, place), sealed);
    place += 1;
  }
  return objectId;
}
