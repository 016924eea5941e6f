import { uuidV7, type Actor, type Fact } from '@throughline/events';
import { signViewer, type Role, type Viewer } from '@throughline/graphql';
import { localTransport, type Message, type Transport } from '@throughline/messaging';
import { newKeyPair, signingKeyOf, silentLogger, type Logger } from '@throughline/runtime';
import { testDatabase, type GraphQLAnswer } from '@throughline/testing';
import type { RunningService, ServiceOptions } from '../start-service.ts';

/** The gateway signs for people; a service signs its calls of another service. */
const keys = { people: newKeyPair(), services: newKeyPair() };
const keyOf = {
  people: signingKeyOf(keys.people.privateKey),
  services: signingKeyOf(keys.services.privateKey),
};

/** What a service exports, as far as a test needs it. */
export interface TestedService<Config> {
  name: 'clients' | 'treatment' | 'referrals' | 'notifications';
  config: { parse(settings: Record<string, unknown>): Config };
  start: (config: Config, options: ServiceOptions) => Promise<RunningService>;
  migrate: (ownerUrl: string) => Promise<unknown>;
}

export interface TestServiceOptions {
  /** Without a broker unless one is given. */
  transport?: Transport;
  /** Where the clock of the service stands still; left out, it is the clock of the machine. */
  now?: Date;
  settings?: Record<string, unknown>;
  /** For tests that read the log; left out, there is none. */
  logger?: Logger;
}

/** Answers of one operation, whose errors a test may look at. */
export type Ask = <Data = Record<string, never>>(
  viewer: Viewer,
  query: string,
  variables?: object,
) => Promise<Omit<GraphQLAnswer<Data>, 'data'> & { data: Data }>;

/** Answers the data of one operation, and fails on errors. */
export type Get = <Data = Record<string, never>>(
  viewer: Viewer,
  query: string,
  variables?: object,
) => Promise<Data>;

/** The real service on its own database, with a clock that the test moves. */
export async function startTestService<Config>(
  { name, config, start, migrate }: TestedService<Config>,
  { transport = localTransport(), now, settings = {}, logger = silentLogger }: TestServiceOptions = {},
) {
  const database = await testDatabase(name, { migrate });
  const clock: { now: Date | undefined } = { now };
  const own = {
    ...{ PORT: 0, DATABASE_URL: database.appUrl, KAFKA_BROKERS: 'none' },
    VIEWER_PUBLIC_KEYS: keys.people.publicKey,
    COUNSELING_DATABASE_URL: database.apart.counseling,
    RELEASE_BASIS_PUBLIC_KEYS: keys.services.publicKey,
    RELEASE_BASIS_PRIVATE_KEY: keys.services.privateKey,
  };
  const running = await start(config.parse({ ...own, ...settings }), {
    transport,
    now: () => clock.now ?? new Date(),
    logger,
  });
  const publisher = await transport.publisher('test', silentLogger);
  const ask = askAt(running.url, name);
  return {
    ...{ clock, running, database, db: running.dataSource, transport, ask },
    get: (async (viewer, query, variables) => {
      const { data, errors } = await ask(viewer, query, variables);
      if (errors.length > 0) throw new Error(JSON.stringify(errors));
      return data as never;
    }) satisfies Get as Get,
    /** Delivers messages as they are, for example a second time, and waits until they are handled. */
    deliver: (...messages: readonly Message[]) => publisher.send([...messages]),
    /** Delivers facts as if their owner had recorded them, and waits until they are handled. */
    hear: async (
      facts: readonly Fact[],
      { source = 'test', actor = system }: Origin = {},
    ): Promise<Message[]> => {
      const messages = facts.map((fact) => messageOf(fact, { source, actor }));
      await publisher.send(messages);
      return messages;
    },
    /** Types of the facts that this service recorded under a key, in order, whether they are sent or not. */
    recorded: async (key: string): Promise<string[]> => {
      const columns = 'key_sequence, type from';
      const sql = `select ${columns} outbox where key = $1 union select ${columns} outbox_archive where key = $1 order by 1`;
      const rows: { type: string }[] = await running.dataSource.query(sql, [key]);
      return rows.map(({ type }) => type);
    },
    close: async (): Promise<void> => {
      await publisher.close();
      await running.close();
      await database.drop();
    },
  };
}

/** Where a fact of a test comes from. */
export interface Origin {
  source?: string;
  actor?: Actor;
}

const system: Actor = { kind: 'SYSTEM', id: 'tests' };
const sequences = new Map<string, number>();

function messageOf(fact: Fact, { source, actor }: Required<Origin>): Message {
  const place = `${fact.topic}/${fact.key}`;
  const sequence = (sequences.get(place) ?? 0) + 1;
  sequences.set(place, sequence);
  return { ...fact, sequence, source, cause: { actor, correlationId: 'story' } };
}

/** A member of staff, unless `more` says something else. */
export function aViewer(roles: readonly Role[], more: Partial<Viewer> = {}): Viewer {
  return { id: uuidV7(new Date()), roles, agencyId: null, graph: 'STAFF', ...more };
}

function askAt(url: string, subgraph: string): Ask {
  return async (viewer, query, variables = {}) => {
    const body = JSON.stringify({ query, variables });
    const key = viewer.graph === 'INTERNAL' ? keyOf.services : keyOf.people;
    const token = signViewer(viewer, { subgraph, body }, key);
    const headers = { 'content-type': 'application/json', 'x-viewer-token': token };
    const response = await fetch(url, { method: 'POST', headers, body });
    const { data, errors = [] } = (await response.json()) as Partial<GraphQLAnswer<never>>;
    return { status: response.status, data: data as never, errors };
  };
}
