import type { Care } from '@throughline/care';
import { clientUpdated, uuidV7, type Fact } from '@throughline/events';
import type { Viewer } from '@throughline/graphql';
import { messagingEntities, messagingMigrations } from '@throughline/messaging';
import { pgTimeouts, usualTimeouts } from '@throughline/runtime';
import { testDatabase } from '@throughline/testing';
import { DataSource } from 'typeorm';
import type { CommandContext } from './options.ts';
import { BookEntity, type Book } from './test-book.entity.ts';

const entities = [...messagingEntities, BookEntity];

async function migrate(url: string): Promise<void> {
  const owner = new DataSource({
    ...{ type: 'postgres', url, entities, migrations: messagingMigrations },
    extra: pgTimeouts(usualTimeouts),
  });
  await owner.initialize();
  await owner.runMigrations();
  await owner.query(`
    create table book (id uuid primary key, client_id uuid not null, title text not null, version integer not null);
    create unique index book_one_per_title on book (client_id, title);
    grant select, insert, update on book to shelf_app;`);
  await owner.destroy();
}

/** A member of staff who works with one client, whom `lose` takes away. */
export async function testShelf({ poolSize = 10 }: { poolSize?: number } = {}) {
  const database = await testDatabase('shelf', { migrate });
  const db = await new DataSource({
    type: 'postgres',
    url: database.appUrl,
    ...{ poolSize, entities, extra: pgTimeouts(usualTimeouts) },
  }).initialize();
  const clientId = uuidV7(new Date());
  const viewer: Viewer = { id: uuidV7(new Date()), roles: ['CASE_MANAGER'], agencyId: null, graph: 'STAFF' };
  const working = new Set([clientId]);
  const context: CommandContext = {
    ...{ viewer, db, now: () => new Date() },
    cause: { actor: { kind: 'STAFF', id: viewer.id }, correlationId: 'test' },
    care: {
      careIn: async (tx, ids) => {
        await tx.query('select 1');
        return new Map(ids.filter((id) => working.has(id)).map((id) => [id, careOf(id, viewer.id)]));
      },
      mayChange: (_viewer, care) => care !== null,
      awaitFor: () => Promise.resolve(null),
    },
  };
  return {
    ...{ db, context, clientId, viewer },
    lose: () => working.clear(),
    facts: async (): Promise<number> => {
      const [row] = await db.query<{ count: number }[]>('select count(*)::int as count from outbox');
      return row?.count ?? 0;
    },
    add: async (title: string): Promise<Book> => {
      const book = { id: uuidV7(new Date()), clientId, title, version: 1 };
      await db.manager.insert(BookEntity, book);
      return book;
    },
    close: async () => {
      await db.destroy();
      await database.drop();
    },
  };
}

function careOf(clientId: string, caseManagerId: string): Care {
  const team = {
    caseManagerId,
    supervisorId: null,
    supervisorCoverId: null,
    registeredBy: null,
    queued: false,
    team: [],
    coverId: null,
    responders: [],
  };
  return { clientId, caseId: null, caseOpen: true, ...team };
}

export function renamed({ clientId, version }: Book): Fact {
  return clientUpdated.of(clientId, new Date(), { clientId, changedFields: ['title'], version: version + 1 });
}
