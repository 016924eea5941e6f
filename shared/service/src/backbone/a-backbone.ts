import { join } from 'node:path';
import { causeOf, signViewer, type Role, type ServiceContext, type Viewer } from '@throughline/graphql';
import { localTransport, type Job, type Reaction, type Transport } from '@throughline/messaging';
import { createLogger } from '@throughline/runtime';
import { testDatabase } from '@throughline/testing';
import { configOf, gatewayKey, release } from '../a-service.ts';
import { serviceSchema } from '../service-schema.ts';
import { startService } from '../start-service.ts';

export interface Answer<Data> {
  data: Data | null;
  errors?: { message: string; extensions: { code: string } }[];
}

/** For tests: a service with only a backbone, its own database, and its log lines. */
export async function backboneService(own: { reactions?: Reaction[]; jobs: Record<string, Job> }) {
  const database = await testDatabase('probes', { migrate: release.migrate });
  const config = configOf(database);
  const transport: Transport = localTransport();
  const lines: string[] = [];
  const logger = createLogger({ service: 'probes', destination: { write: (line) => void lines.push(line) } });
  const running = await startService(
    {
      name: 'probes',
      standing: null,
      config,
      createDataSource: release.createDataSource,
      assemble: ({ db, now }) => ({
        schema: serviceSchema({
          service: 'probes',
          sourceDir: join(import.meta.dirname, 'no-sdl-of-its-own'),
          slices: [],
          logger,
        }),
        reactions: { work: own.reactions ?? [] },
        jobs: { timers: own.jobs },
        createContext: (viewer, requestId): ServiceContext => ({
          ...{ viewer, db, now, loaders: {} },
          cause: causeOf(viewer, requestId),
        }),
      }),
    },
    { transport, logger },
  );
  return {
    ...{ database, transport, lines, db: running.dataSource },
    ask: async <Data>(viewer: Viewer, query: string, variables: object = {}): Promise<Answer<Data>> => {
      const body = JSON.stringify({ query, variables });
      const token = signViewer(viewer, { subgraph: 'probes', body }, gatewayKey);
      const headers = { 'content-type': 'application/json', 'x-viewer-token': token };
      const response = await fetch(running.url, { method: 'POST', headers, body });
      return (await response.json()) as Answer<Data>;
    },
    close: async () => {
      await running.close();
      await database.drop();
    },
  };
}

export type BackboneService = Awaited<ReturnType<typeof backboneService>>;

export function aViewer(...roles: Role[]): Viewer {
  return { id: `${roles.join('-')}-1`, roles, agencyId: null, graph: 'STAFF' };
}

/** Statements on the tables of facts and timers that a request sends, told by the words that only it uses. */
export async function statementsOf(
  { db }: BackboneService,
  about: RegExp,
  work: () => Promise<unknown>,
): Promise<number> {
  let sent = 0;
  const silent = () => undefined;
  const before = db.logger;
  db.logger = {
    logQuery: (sql: string) => void (sent += about.test(sql) ? 1 : 0),
    ...{ logQueryError: silent, logQuerySlow: silent, logSchemaBuild: silent, logMigration: silent },
    log: silent,
  };
  await work();
  db.logger = before;
  return sent;
}
