import { uuidV7, type Actor, type Fact } from '@throughline/events';
import { signViewer, type Role, type Viewer } from '@throughline/graphql';
import { localTransport, type Transport } from '@throughline/messaging';
import { newKeyPair, signingKeyOf, silentLogger } from '@throughline/runtime';
import { testDatabase } from '@throughline/testing';
import { notificationsConfig } from './config.ts';
import { migrate } from './database.ts';
import { startNotifications } from './service.ts';

const { privateKey, publicKey } = newKeyPair();
const key = signingKeyOf(privateKey);
const partner: Actor = { kind: 'PARTNER', id: uuidV7(new Date()), agencyId: uuidV7(new Date()) };

/** The real service on a database of its own, with a clock that the test moves. */
export async function testService({ transport = localTransport() }: { transport?: Transport } = {}) {
  const database = await testDatabase('notifications', { migrate });
  // In the future, so that the queue, which goes by the database's clock, runs nothing by itself.
  const clock = { now: new Date('2036-03-03T15:00:00Z') };
  const config = notificationsConfig.parse({
    PORT: 0,
    DATABASE_URL: database.appUrl,
    KAFKA_BROKERS: 'none',
    VIEWER_PUBLIC_KEYS: publicKey,
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
    /** Makes the waiting escalations of a client due, as the passing of time would. */
    runEscalations: (clientId: string) =>
      running.dataSource.query(
        `select graphile_worker.reschedule_jobs(
           array(select j.id from graphile_worker.jobs j join escalation e on j.key = 'escalation:' || e.id
                 where e.client_id = $1),
           run_at => now() - interval '1 second')`,
        [clientId],
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
    const token = signViewer(viewer, { subgraph: 'notifications', body }, key);
    const headers = { 'content-type': 'application/json', 'x-viewer-token': token };
    const response = await fetch(url, { method: 'POST', headers, body });
    const answer = (await response.json()) as { data: Data; errors?: unknown[] };
    if (answer.errors) throw new Error(JSON.stringify(answer.errors));
    return answer.data;
  };
}
