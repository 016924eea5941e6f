import type { CareReader } from '@throughline/care';
import { loaderById, pageBy, pageByOwner, type Page } from '@throughline/graphql';
import DataLoader from 'dataloader';
import { EntitySchema, type DataSource } from 'typeorm';
import { openClasses, type ClientDocument, type DocumentClass } from './document.ts';

export const DocumentEntity = new EntitySchema<ClientDocument>({
  name: 'ClientDocument',
  tableName: 'client_document',
  columns: {
    id: { type: 'uuid', primary: true },
    clientId: { type: 'uuid', name: 'client_id' },
    class: { type: 'text' },
    title: { type: 'text' },
    labels: { type: 'text', array: true },
    media: { type: 'text' },
    bytes: { type: 'integer' },
    sha256: { type: 'text', nullable: true },
    addedAt: { type: 'timestamptz', name: 'added_at' },
    addedBy: { type: 'uuid', name: 'added_by' },
    storedAt: { type: 'timestamptz', name: 'stored_at', nullable: true },
    objectId: { type: 'uuid', name: 'object_id', nullable: true },
    withdrawnAt: { type: 'timestamptz', name: 'withdrawn_at', nullable: true },
    withdrawnBy: { type: 'uuid', name: 'withdrawn_by', nullable: true },
    withdrawnReason: { type: 'text', name: 'withdrawn_reason', nullable: true },
    version: { type: 'integer' },
  },
});

/** A member of staff opened a file. It only grows. */
export interface DocumentAccess {
  id: string;
  documentId: string;
  clientId: string;
  staffId: string;
  at: Date;
}

export const DocumentAccessEntity = new EntitySchema<DocumentAccess>({
  name: 'DocumentAccess',
  tableName: 'document_access',
  columns: {
    id: { type: 'uuid', primary: true },
    documentId: { type: 'uuid', name: 'document_id' },
    clientId: { type: 'uuid', name: 'client_id' },
    staffId: { type: 'uuid', name: 'staff_id' },
    at: { type: 'timestamptz' },
  },
});

/** A page of the log of one document. */
export interface AccessPage extends Page {
  documentId: string;
}

export interface DocumentPage extends Page {
  clientId: string;
  /** Those that the viewer reads of this client, and asks for. */
  classes: readonly DocumentClass[];
}

/** Documents whose class the viewer may read; all others are not there. */
export function documentLoaders(db: DataSource, care: CareReader) {
  const rows = loaderById(db.manager, care.rowsWithCare(DocumentEntity));
  const pages = pageByOwner((clientIds, page: DocumentPage) => loadPages(db, clientIds, page));
  const open = async (clientId: string) => openClasses(await care.readable(clientId));
  return {
    documentById: new DataLoader<string, ClientDocument | null>((ids) =>
      Promise.all(
        ids.map(async (id) => {
          const row = await rows.load(id);
          return row && (await open(row.clientId)).includes(row.class) ? row : null;
        }),
      ),
    ),
    documentsOf: async (page: Page & { clientId: string }, asked: readonly DocumentClass[] | null) => {
      const readable = await open(page.clientId);
      return pages.load({
        ...page,
        classes: asked ? readable.filter((kind) => asked.includes(kind)) : readable,
      });
    },
    accessesOf: pageBy('documentId', (ids, page: AccessPage) => loadAccesses(db, ids, page)),
  };
}

const PAGE = `select p.id from unnest(:clientIds::uuid[]) as c (id)
  cross join lateral (
    select d.id from client_document d
    where d.client_id = c.id and d.class = any(:classes)
      and (:at::timestamptz is null or (d.added_at, d.id) < (:at::timestamptz, :id::uuid))
    order by d.added_at desc, d.id desc limit :limit
  ) p`;

function loadPages(
  db: DataSource,
  clientIds: string[],
  { classes, first, after }: DocumentPage,
): Promise<ClientDocument[]> {
  return db.manager
    .createQueryBuilder(DocumentEntity, 'd')
    .where(`d.id = any(array(${PAGE}))`)
    .setParameters({
      ...{ clientIds, classes, limit: first + 1 },
      ...{ at: after?.[0] ?? null, id: after?.[1] ?? null },
    })
    .orderBy({ 'd.addedAt': 'DESC', 'd.id': 'DESC' })
    .getMany();
}

const ACCESSES = `select p.id from unnest(:documentIds::uuid[]) as d (id)
  cross join lateral (
    select a.id from document_access a
    where a.document_id = d.id and (:at::timestamptz is null or (a.at, a.id) < (:at::timestamptz, :id::uuid))
    order by a.at desc, a.id desc limit :limit
  ) p`;

function loadAccesses(
  db: DataSource,
  documentIds: string[],
  { first, after }: Page,
): Promise<DocumentAccess[]> {
  return db.manager
    .createQueryBuilder(DocumentAccessEntity, 'a')
    .where(`a.id = any(array(${ACCESSES}))`)
    .setParameters({
      ...{ documentIds, limit: first + 1 },
      ...{ at: after?.[0] ?? null, id: after?.[1] ?? null },
    })
    .orderBy({ 'a.at': 'DESC', 'a.id': 'DESC' })
    .getMany();
}
