import { agencyRecorded, type Fact } from '@throughline/events';
import type { Viewer } from '@throughline/graphql';
import type { Message, Transport } from '@throughline/messaging';
import { silentLogger } from '@throughline/runtime';
import { aViewer, startTestService, type Ask } from '@throughline/service/testing';
import { eventually } from '@throughline/testing';
import { clientsConfig } from './config.ts';
import { migrate } from './database.ts';
import { startClients } from './service.ts';

export { aViewer, type Ask } from '@throughline/service/testing';

const clients = { name: 'clients' as const, config: clientsConfig, start: startClients, migrate };

/** The agency that `aConsent` names; every test service knows it. */
export const shelterId = '0193a000-0000-7000-8000-0000000000a1';

/** What the referrals service tells of an agency. */
export function anAgency(agencyId: string, over: object = {}): Fact {
  const facts = { agencyType: 'SHELTER', hipaaStatus: 'NON_HIPAA', active: true, ...over };
  return agencyRecorded.of(agencyId, new Date(), { agencyId, ...facts });
}

/** The real service on its own database, with a fixed clock, and all facts that it sends. */
export async function testService({ transport }: { transport?: Transport } = {}) {
  const now = new Date();
  const service = await startTestService(clients, { now, ...(transport && { transport }) });
  const sent: Message[] = [];
  const deliver = (message: Message) => Promise.resolve(void sent.push(message));
  const subscription = { consumer: 'test', topics: ['clients.v1'], deliver };
  const consumer = await service.transport.subscribe(subscription, silentLogger);
  const hear = (...facts: readonly Fact[]) =>
    service.hear(facts, { actor: { kind: 'SYSTEM', id: 'referrals' } });
  await hear(anAgency(shelterId));
  await eventually(async () => {
    const [row] = await service.db.query<unknown[]>('select from agency where id = $1', [shelterId]);
    if (!row) throw new Error('The service has not heard of the shelter yet');
  });
  return {
    ...{ ...service, clock: service.clock as { now: Date }, sent, hear },
    close: async () => {
      await consumer.close();
      await service.close();
    },
  };
}

export type TestService = Awaited<ReturnType<typeof testService>>;

/**
 * A supervisor with two case managers, an intake worker, a privacy officer and an administrator, all with staff
 * records.
 */
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
  recordStaff(input: $input) { ... on StaffMember { id version } ... on Problem { __typename message } }
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
    recipients: [{ agencyId: shelterId }],
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
  /** Faults of the input. */
  faults?: { path: string; code: string }[];
}

export const consentFields = `__typename ... on Consent { id status version }
  ... on Problem { message } ... on ConsentDeficient { issues { element code } }
  ... on InvalidInput { faults: issues { path code } }`;

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
