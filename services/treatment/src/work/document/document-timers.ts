import { schedule, type Jobs } from '@throughline/messaging';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { nameOf } from './document-content.ts';
import { DocumentEntity } from './document.entity.ts';
import type { ObjectStore } from './object-store.ts';

const awaitedJob = 'treatment.document-awaited';
const objectsJob = 'treatment.document-objects';

/** A file that was announced comes within a day, or its row goes. */
export const awaitedHours = 24;
/** Pieces that no document names after an hour are those of an upload that broke off. */
export const uploadHours = 1;
const after = (now: Date, hours: number) => new Date(now.getTime() + hours * 3_600_000);

/** Sets the timer that takes the row away when no content comes. */
export const awaitContent = (tx: EntityManager, documentId: string, now: Date) =>
  schedule(
    tx,
    awaitedJob,
    { documentId },
    { runAt: after(now, awaitedHours), jobKey: `${awaitedJob}:${documentId}` },
  );

export interface Objects {
  documentId: string;
  objectId: string;
  pieces: number;
}

/** Sets the timer that takes away what an upload leaves in the object store when it breaks off. Set it before the first piece. */
export const watchObjects = (tx: EntityManager, objects: Objects, now: Date) =>
  schedule(tx, objectsJob, objects, {
    runAt: after(now, uploadHours),
    jobKey: `${objectsJob}:${objects.objectId}`,
  });

const awaitedShape = z.object({ documentId: z.uuid() });
const objectsShape = z.object({ documentId: z.uuid(), objectId: z.uuid(), pieces: z.int() });

export function documentJobs(store: ObjectStore | null): Jobs {
  return {
    timers: {
      [awaitedJob]: async (payload, { dataSource: { manager } }) => {
        const { documentId } = awaitedShape.parse(payload);
        await manager.query(
          'delete from client_document where id = $1 and stored_at is null and withdrawn_at is null',
          [documentId],
        );
      },
    },
    longWork: {
      [objectsJob]: async (payload, { dataSource: { manager } }) => {
        const { documentId, objectId, pieces } = objectsShape.parse(payload);
        const document = await manager.findOneBy(DocumentEntity, { id: documentId });
        if (document?.objectId === objectId) return;
        if (!store) throw new Error('pieces stand in the object store, and DOCUMENT_STORE_URL is not set');
        for (let place = 0; place < pieces; place += 1) await store.remove(nameOf(objectId, place));
      },
    },
  };
}
