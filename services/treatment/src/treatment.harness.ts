import { randomUUID } from 'node:crypto';
import {
  caseManagerAssigned,
  caseOpened,
  clientAgeGroupChanged,
  needRecorded,
  uuidV7,
  type Fact,
} from '@throughline/events';
import { signViewer, type Role, type Viewer } from '@throughline/graphql';
import { localTransport, type Message, type Transport } from '@throughline/messaging';
import type { AgeGroup } from '@throughline/privacy';
import { newKeyPair, signingKeyOf, silentLogger } from '@throughline/runtime';
import type { RunningService } from '@throughline/service';
import { testDatabase, type GraphQLAnswer } from '@throughline/testing';
import { treatmentConfig } from './config.ts';
import { migrate } from './database.ts';
import { startTreatment } from './service.ts';

const { privateKey, publicKey } = newKeyPair();
const key = signingKeyOf(privateKey);

export const staff = (role: Role, id: string = randomUUID()): Viewer => ({
  id,
  roles: [role],
  agencyId: null,
  graph: 'STAFF',
});

export interface TestTreatment {
  service: RunningService;
  ask<Data = Record<string, never>>(
    viewer: Viewer,
    query: string,
    variables?: Record<string, unknown>,
  ): Promise<GraphQLAnswer<Data>>;
  /** Facts as another service sends them, handled when this resolves. */
  tell(source: string, ...facts: Fact[]): Promise<Message[]>;
  /** Delivers messages as they are, for example a second time. */
  deliver(...messages: Message[]): Promise<void>;
  /** An adult client on the caseload of `manager` in the team of `supervisor`. */
  assign(manager: string, supervisor: string, clientId?: string): Promise<string>;
  /** What the clients service tells of the age of a client. */
  age(clientId: string, ageGroup: AgeGroup | null, reason?: 'RECORD' | 'BIRTHDAY'): Promise<void>;
  need(clientId: string, needId?: string): Promise<string>;
  close(): Promise<void>;
}

export const system = { actor: { kind: 'SYSTEM' as const, id: 'tests' }, correlationId: 'tests' };

/** The real service on a database of its own, without a broker unless one is given. */
export async function testTreatment(
  options: { transport?: Transport; now?: () => Date } = {},
): Promise<TestTreatment> {
  const { transport = localTransport(), now } = options;
  const database = await testDatabase('treatment', { migrate });
  const config = treatmentConfig.parse({
    PORT: 0,
    DATABASE_URL: database.appUrl,
    KAFKA_BROKERS: 'unused',
    VIEWER_PUBLIC_KEYS: publicKey,
  });
  const service = await startTreatment(config, { transport, logger: silentLogger, ...(now && { now }) });
  const sequences = new Map<string, number>();

  const deliver = async (...messages: Message[]): Promise<void> => {
    const publisher = await transport.publisher('tests', silentLogger);
    await publisher.send(messages);
    await publisher.close();
  };
  const tell = async (source: string, ...facts: Fact[]): Promise<Message[]> => {
    const messages = facts.map((fact): Message => {
      const sequence = (sequences.get(`${fact.topic}/${fact.key}`) ?? 0) + 1;
      sequences.set(`${fact.topic}/${fact.key}`, sequence);
      return { ...fact, sequence, source, cause: system };
    });
    await deliver(...messages);
    return messages;
  };
  return {
    service,
    deliver,
    tell,
    ask: (viewer, query, variables) => post(service.url, viewer, { query, variables }),
    assign: async (caseManagerId, supervisorId, clientId = uuidV7((now ?? (() => new Date()))())) => {
      const caseId = randomUUID();
      const at = (now ?? (() => new Date()))();
      const team = { clientId, caseId, caseManagerId, supervisorId, previousCaseManagerId: null };
      await tell(
        'clients',
        clientAgeGroupChanged.of(clientId, at, { clientId, ageGroup: 'AGE_18_64', reason: 'RECORD' }),
        caseOpened.of(clientId, at, { clientId, caseId, status: 'OPEN_ASSESSMENT' }),
        caseManagerAssigned.of(clientId, at, team),
      );
      return clientId;
    },
    age: async (clientId, ageGroup, reason = 'RECORD') => {
      await tell('clients', clientAgeGroupChanged.of(clientId, new Date(), { clientId, ageGroup, reason }));
    },
    need: async (clientId, needId = uuidV7(new Date())) => {
      const need = { needId, clientId, caseId: randomUUID(), category: 'HOUSING', clientRank: 1 };
      await tell('clients', needRecorded.of(clientId, new Date(), need));
      return needId;
    },
    close: async () => {
      await service.close();
      await database.drop();
    },
  };
}

async function post<Data>(url: string, viewer: Viewer, operation: object): Promise<GraphQLAnswer<Data>> {
  const body = JSON.stringify(operation);
  const token = signViewer(viewer, { subgraph: 'treatment', body }, key);
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-viewer-token': token },
    body,
  });
  const answer = (await response.json()) as Partial<GraphQLAnswer<Data>>;
  return { status: response.status, data: answer.data ?? null, errors: answer.errors ?? [] };
}
