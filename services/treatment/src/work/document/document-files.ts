import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { uuidV7 } from '@throughline/events';
import type { AnswerFile, Viewer } from '@throughline/graphql';
import { isProblem } from '@throughline/graphql/problems';
import { fileTypeFromBuffer } from 'file-type';
import type { Context } from '../../context.ts';
import { readPieces } from './document-content.ts';
import { linkAt, type Link } from './document-link.ts';
import { storeDocument } from './document.commands.ts';
import { DocumentAccessEntity } from './document.entity.ts';
import { mediaTypes, type ClientDocument } from './document.ts';

export interface FileParts extends Pick<Context, 'files' | 'now'> {
  contextOf: (viewer: Viewer, requestId: string) => Context;
}

interface Asked {
  context: Context;
  request: IncomingMessage;
  response: ServerResponse;
  document: ClientDocument;
}

type Refusal = readonly [status: number, code: string, message: string];
const unknown: Refusal = [404, 'NOT_FOUND', 'There is no such file, or the link is over: ask for a new one.'];
const storedAlready: Refusal = [409, 'ALREADY_STORED', 'The content is there already.'];
const withdrawn: Refusal = [410, 'WITHDRAWN', 'The document was withdrawn.'];
const unavailable: Refusal = [503, 'UNAVAILABLE', 'The content cannot be read or kept now: try again.'];

/** Codes of streams whose other end went away. */
const brokenOff = new Set<unknown>(['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET']);

/** Uploads that stand in memory at the same time; one more is asked to come again. */
const mostUploads = 6;

/** Files of documents at their links. A link that is over, was changed, or is no longer permitted looks like an unknown one. */
export function documentFiles({ files, now, contextOf }: FileParts): AnswerFile {
  let uploads = 0;
  return async (request, response, admit) => {
    const path = request.url ?? '';
    if (!path.startsWith('/documents/')) return false;
    const link = linkAt(files.keys, path, now());
    const asked = link && link.act === request.method ? await openedBy(link, admit, contextOf) : null;
    if (!asked) refuse(request, response, unknown);
    else if (request.method === 'GET') await answered({ ...asked, request, response }, give);
    else if (uploads >= mostUploads) refuse(request, response, unavailable);
    else {
      uploads += 1;
      await answered({ ...asked, request, response }, take).finally(() => {
        uploads -= 1;
      });
    }
    return true;
  };
}

/** A person who broke off is no fault; any other fault is told, and thrown for the log. */
async function answered(asked: Asked, answer: (asked: Asked) => Promise<void>): Promise<void> {
  try {
    await answer(asked);
  } catch (error) {
    if (error instanceof Error && 'code' in error && brokenOff.has(error.code)) return;
    if (!asked.response.headersSent) refuse(asked.request, asked.response, unavailable);
    throw error;
  }
}

/** The graph is asked again: a person who has lost the client since the link was made does not open it. */
async function openedBy(
  { documentId, staffId, roles }: Link,
  admit: (viewer: Viewer) => Promise<Viewer | null>,
  contextOf: FileParts['contextOf'],
): Promise<Pick<Asked, 'context' | 'document'> | null> {
  const viewer = await admit({ id: staffId, agencyId: null, graph: 'STAFF', roles });
  if (!viewer) return null;
  const context = contextOf(viewer, uuidV7(new Date()));
  const document = await context.loaders.documentById.load(documentId);
  return document && { context, document };
}

/** Takes the content once: as long as it was announced, and of the type that it was said to be. */
async function take({ context, request, response, document }: Asked): Promise<void> {
  const early = document.withdrawnAt ? withdrawn : document.storedAt ? storedAlready : null;
  if (early) {
    refuse(request, response, early);
    return;
  }
  const content = await readContent(request, document.bytes);
  const refusal = (await faultOf(content, document)) ?? (await refusalToStore(context, document.id, content));
  if (refusal) refuse(request, response, refusal);
  else response.writeHead(204).end();
}

async function refusalToStore(
  context: Context,
  documentId: string,
  content: Buffer,
): Promise<Refusal | null> {
  const stored = await storeDocument(context, { documentId, content });
  if (!isProblem(stored)) return null;
  return stored.kind === 'NotFound' ? unknown : storedAlready;
}

async function faultOf(content: Buffer, { bytes, media }: ClientDocument): Promise<Refusal | null> {
  if (content.length !== bytes)
    return [400, 'WRONG_LENGTH', `Send exactly the ${String(bytes)} bytes that you announced.`];
  const found = await fileTypeFromBuffer(content);
  if (found?.mime === mediaTypes[media]) return null;
  return [415, 'WRONG_TYPE', `The content is not ${mediaTypes[media]}.`];
}

/** Gives the content; each time leaves a line, before the first byte. */
async function give({ context, request, response, document }: Asked): Promise<void> {
  const { db, files, now, viewer } = context;
  const { id: documentId, clientId, media } = document;
  if (document.withdrawnAt || !document.storedAt) {
    refuse(request, response, document.withdrawnAt ? withdrawn : unknown);
    return;
  }
  const access = { id: uuidV7(now()), documentId, clientId, staffId: viewer.id, at: now() };
  await db.manager.insert(DocumentAccessEntity, access);
  const pieces = readPieces({ ...files, db: db.manager }, document);
  // The first piece opens before the status is said: a lost key or store is no empty file.
  const first = await pieces.next();
  response.writeHead(200, {
    'content-type': mediaTypes[media],
    'content-length': document.bytes,
    'content-disposition': `attachment; filename="${documentId}.${media.toLowerCase()}"`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  await pipeline(Readable.from(startingWith(first.done ? Buffer.alloc(0) : first.value, pieces)), response);
}

async function* startingWith(first: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}

/** Keeps one byte more than was announced at most. The rest is read all the same: the sender must hear the refusal. */
async function readContent(request: IncomingMessage, announced: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let kept = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    const part = chunk.subarray(0, announced + 1 - kept);
    if (part.length > 0) chunks.push(part);
    kept += part.length;
  }
  return Buffer.concat(chunks);
}

function refuse(request: IncomingMessage, response: ServerResponse, [status, code, message]: Refusal): void {
  request.resume();
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify({ errors: [{ message, extensions: { code } }] }));
}
