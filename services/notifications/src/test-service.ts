import { uuidV7, type Actor, type Fact } from '@throughline/events';
import { signViewer, type Role, type Viewer } from '@throughline/graphql';
import { localTransport, type Transport } from '@throughline/messaging';
import { silentLogger } from '@throughline/runtime';
import { testDatabase } from '@throughline/testing';
import { notificationsConfig } from './config.ts';
import { migrate } from './database.ts';
import { startNotifications } from './service.ts';

const secret = 'only for tests: at least thirty-two characters';
const partner: Actor = { kind: 'PARTNER', id: uuidV7(new Date()), agencyId: uuidV7(new Date()) };

/** The real service on a database of its own, with a clock that the test moves. */
export async function testService({ transport = localTransport() }: { transport?: Transport } = {}) {
  const database = await testDatabase('notifications', { migrate });
  const clock = { now: new Date('2026-03-02T15:00:00Z') };
  const config = notificationsConfig.parse({
    PORT: 0,
    DATABASE_URL: database.appUrl,
    KAFKA_BROKERS: 'none',
    VIEWER_TOKEN_SECRET: secret,
  });
  const running = await startNotifications(config, {
    transport,
    now: () => clock.now,
    logger: silentLogger,
  });
  const publisher = await transport.publisher('test', silentLogger);

  return {
    ...{ clock, running, database, ask: askAt(running.url) },
    /** Delivers facts as if their owners had recorded them, and waits until they are handled. */
    hear: (facts: readonly Fact[], actor: Actor = partner) =>
      publisher.send(
        facts.map((fact) => ({
          ...{ ...fact, sequence: 0, source: 'test', cause: { actor, correlationId: 'story' } },
        })),
      ),
    close: async () => {
      await publisher.close();
      await running.close();
      await database.drop();
    },
  };
}

export type TestService = Awaited<ReturnType<typeof testService>>;

export function aViewer(id: string, roles: Role[], more: Partial<Viewer> = {}): Viewer {
  return { id, roles, agencyId: null, graph: 'STAFF', ...more };
}

/** Sends one operation as somebody; answers its data, and fails on errors. */
function askAt(url: string) {
  return async <Data>(viewer: Viewer, query: string, variables: object = {}): Promise<Data> => {
    const body = JSON.stringify({ query, variables });
    const token = await signViewer(viewer, { subgraph: 'notifications', body }, secret);
    const headers = { 'content-type': 'application/json', 'x-viewer-token': token };
    const response = await fetch(url, { method: 'POST', headers, body });
    const answer = (await response.json()) as { data: Data; errors?: unknown[] };
    if (answer.errors) throw new Error(JSON.stringify(answer.errors));
    return answer.data;
  };
}
