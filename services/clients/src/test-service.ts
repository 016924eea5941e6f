import { uuidV7, type Fact } from '@throughline/events';
import { signViewer, type Role, type Viewer } from '@throughline/graphql';
import { localTransport, type Message, type Transport } from '@throughline/messaging';
import { newKeyPair, signingKeyOf, silentLogger } from '@throughline/runtime';
import { testDatabase } from '@throughline/testing';
import { clientsConfig } from './config.ts';
import { migrate } from './database.ts';
import { startClients } from './service.ts';

const gateway = newKeyPair();
const referrals = newKeyPair();
const keyOf = { people: signingKeyOf(gateway.privateKey), services: signingKeyOf(referrals.privateKey) };

export interface Answer<Data> {
  data: Data;
  errors?: { message: string; extensions: { code: string } }[];
}

/** The real service on a database of its own, with a clock that the test moves, and all facts that it sends. */
export async function testService({ transport = localTransport() }: { transport?: Transport } = {}) {
  const database = await testDatabase('clients', { migrate });
  const clock = { now: new Date() };
  const config = clientsConfig.parse({
    PORT: 0,
    DATABASE_URL: database.appUrl,
    KAFKA_BROKERS: 'none',
    VIEWER_PUBLIC_KEYS: gateway.publicKey,
    RELEASE_BASIS_PUBLIC_KEYS: referrals.publicKey,
  });
  const running = await startClients(config, { transport, now: () => clock.now, logger: silentLogger });
  const sent: Message[] = [];
  const consumer = await transport.subscribe(
    {
      consumer: 'test',
      topics: ['clients.v1'],
      deliver: (message) => Promise.resolve(void sent.push(message)),
    },
    silentLogger,
  );
  const publisher = await transport.publisher('test', silentLogger);

  return {
    ...{ clock, running, database, sent, ask: askAt(running.url) },
    /** Types of the facts that this service recorded under a key, in order, sent or not. */
    recorded: async (key: string): Promise<string[]> => {
      const columns = 'key_sequence, type from';
      const sql = `select ${columns} outbox where key = $1 union select ${columns} outbox_archive where key = $1 order by 1`;
      const rows: { type: string }[] = await running.dataSource.query(sql, [key]);
      return rows.map(({ type }) => type);
    },
    /** Sends facts as if their owners had recorded them. */
    hear: (...facts: readonly Fact[]) =>
      publisher.send(
        facts.map((fact) => ({
          ...{ ...fact, sequence: 0, source: 'test' },
          cause: { actor: { kind: 'SYSTEM' as const, id: 'referrals' }, correlationId: 'story' },
        })),
      ),
    close: async () => {
      await publisher.close();
      await consumer.close();
      await running.close();
      await database.drop();
    },
  };
}

export type TestService = Awaited<ReturnType<typeof testService>>;

export function aViewer(roles: Role[], more: Partial<Viewer> = {}): Viewer {
  return { id: uuidV7(new Date()), roles, agencyId: null, graph: 'STAFF', ...more };
}

export type Ask = <Data>(viewer: Viewer, query: string, variables?: object) => Promise<Answer<Data>>;

function askAt(url: string): Ask {
  return async (viewer, query, variables = {}) => {
    const body = JSON.stringify({ query, variables });
    const key = viewer.graph === 'INTERNAL' ? keyOf.services : keyOf.people;
    const token = signViewer(viewer, { subgraph: 'clients', body }, key);
    const headers = { 'content-type': 'application/json', 'x-viewer-token': token };
    const response = await fetch(url, { method: 'POST', headers, body });
    return (await response.json()) as never;
  };
}

/** A supervisor with two case managers, an intake worker, a privacy officer and an administrator, all on record. */
export async function hire(ask: Ask) {
  const admin = aViewer(['PROGRAM_ADMIN']);
  const supervisor = aViewer(['SUPERVISOR']);
  const people = {
    admin,
    supervisor,
    otherSupervisor: aViewer(['SUPERVISOR']),
    maria: aViewer(['CASE_MANAGER']),
    jonah: aViewer(['CASE_MANAGER']),
    intake: aViewer(['INTAKE_WORKER']),
    privacy: aViewer(['PRIVACY_OFFICER']),
  };
  for (const { id, roles } of Object.values(people)) {
    const supervisorId = roles.includes('CASE_MANAGER') ? supervisor.id : null;
    const input = { id, name: 'Somebody', roles, supervisorId };
    const { data } = await ask<{ recordStaff: { id: string } }>(admin, recordStaff, { input });
    if (data.recordStaff.id !== id) throw new Error(JSON.stringify(data));
  }
  return people;
}

const recordStaff = `mutation ($input: RecordStaffInput!) {
  recordStaff(input: $input) { ... on CaseManager { id version } ... on Problem { __typename message } }
}`;

export interface Registered {
  __typename: string;
  message?: string;
  issues?: { path: string; code: string }[];
  id: string;
  version: number;
  caseNumber: string;
  activeCase: {
    id: string;
    version: number;
    primaryCaseManager: { id: string } | null;
    needs: { id: string; status: string; clientRank: number | null }[];
  };
}

const registerClient = `mutation ($input: RegisterClientInput!) {
  registerClient(input: $input) {
    __typename
    ... on Client {
      id version caseNumber
      activeCase { id version status primaryCaseManager { id } needs { id status clientRank } }
    }
    ... on Problem { message }
    ... on InvalidInput { issues { path code } }
  }
}`;

export async function aClient(ask: Ask, viewer: Viewer, input: object = {}): Promise<Registered> {
  const full = { legalName: 'Rosalind Ferro', nameToUse: 'Ros', ...input };
  const { data } = await ask<{ registerClient: Registered }>(viewer, registerClient, { input: full });
  return data.registerClient;
}

/** A complete consent for one shelter, as an input; `overrides` change or remove elements. */
export function aConsent(overrides: object = {}): object {
  return {
    kind: 'SPECIFIC_DISCLOSURE',
    patientNameAsSigned: 'Rosalind Ferro',
    disclosers: [{ organizationId: '0199a000-0000-7000-8000-000000000001' }],
    infoDescription: 'Name, contact and need of housing',
    categories: ['ID', 'CONTACT', 'SOCIAL'],
    recipients: [{ agencyId: '0193a000-0000-7000-8000-0000000000a1' }],
    purposes: ['REFERRAL_HOUSING'],
    statements: { revocation: true },
    expiry: { kind: 'DATE', date: '2099-12-31' },
    signatures: [{ by: 'Rosalind Ferro', capacity: 'PATIENT', method: 'ELECTRONIC' }],
    signedAt: '2026-01-02T10:00:00Z',
    ...overrides,
  };
}

export interface RecordedConsent {
  __typename: string;
  id: string;
  status: string;
  version: number;
  message?: string;
  issues?: { element: string; code: string }[];
}

const consentFields = `__typename ... on Consent { id status version }
  ... on Problem { message } ... on ConsentDeficient { issues { element code } }`;

export async function consentTo(
  ask: Ask,
  viewer: Viewer,
  clientId: string,
  overrides: object = {},
): Promise<RecordedConsent> {
  const query = `mutation ($input: RecordConsentInput!) { recordConsent(input: $input) { ${consentFields} } }`;
  const input = { clientId, consent: aConsent(overrides) };
  const { data } = await ask<{ recordConsent: RecordedConsent }>(viewer, query, { input });
  return data.recordConsent;
}
