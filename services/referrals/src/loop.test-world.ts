import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  caseOpened,
  caseManagerAssigned,
  consentRecorded,
  consentRevoked,
  clientRestrictionChanged,
  consentSuperseded,
  needRecorded,
  type Fact,
} from '@throughline/events';
import type { Role, Viewer } from '@throughline/graphql';
import type { Consent } from '@throughline/privacy';
import { aViewer as aMember, startTestService } from '@throughline/service/testing';
import { referralsConfig } from './config.ts';
import { createDataSource, migrate } from './database.ts';
import { startReferrals } from './service.ts';
import { aConsentFor, basisOf, id, scopeOf, type Person } from './loop.test-person.ts';

const referrals = { name: 'referrals' as const, config: referralsConfig, start: startReferrals, migrate };

/** The real service on its own database. The test answers for the clients service, which is another program. */
export async function referralsWorld(settings: Record<string, string> = {}) {
  const people = new Map<string, Person>();
  const clients = { down: false, calls: 0 };
  const border = await serve((body) => {
    clients.calls += 1;
    if (clients.down) return null;
    const { variables } = JSON.parse(body) as { variables: { clientId: string } };
    const person = people.get(variables.clientId);
    return JSON.stringify({ data: { releaseBasis: person ? basisOf(person) : null } });
  });
  const service = await startTestService(referrals, {
    settings: {
      ...{ CLIENTS_URL: border.url, WEBHOOK_ALLOWED_HOSTS: '127.0.0.1', WEBHOOK_TIMEOUT_MS: 400 },
      ...{ WEBHOOK_RETRY_DELAYS_MS: '0,300,300', ...settings },
    },
  });
  const { db, get: ask } = service;
  const hear = async (...facts: Fact[]): Promise<void> => {
    await service.hear(facts, { source: 'clients', actor: { kind: 'STAFF', id: id() } });
  };

  return {
    ...{ db, clients, people, hear, ask },
    /** A connection of the owner of the tables, who may do what the service may not. */
    owner: () => createDataSource(service.database.ownerUrl, 1).initialize(),
    /** An agency with one service, and a person who works there. */
    aPartner: async (over: { agencyType?: string; hipaaStatus?: string; serviceStatus?: string } = {}) => {
      const agencyId = id();
      const serviceId = id();
      await db.query(
        `insert into agency (id, name, agency_type, hipaa_status, agreements) values ($1, 'Agency', $2, $3, $4)`,
        [
          agencyId,
          over.agencyType ?? 'SHELTER',
          over.hipaaStatus ?? 'NON_HIPAA',
          JSON.stringify([{ type: 'MOU', from: '2020-01-01', to: null }]),
        ],
      );
      await db.query(
        `insert into service (id, agency_id, name, status, need_categories) values ($1, $2, 'Beds', $3, $4)`,
        [serviceId, agencyId, over.serviceStatus ?? 'ACTIVE', ['HOMELESSNESS']],
      );
      const partner = aViewer(id(), ['PARTNER_INTAKE', 'PARTNER_ADMIN'], { agencyId, graph: 'PARTNER' });
      return { agencyId, serviceId, partner };
    },
    /** A case manager with a client who has a need. */
    aCase: async ({ manager = aViewer(id(), ['CASE_MANAGER']) } = {}) => {
      const supervisor = aViewer(id(), ['SUPERVISOR']);
      const person: Person = { clientId: id(), caseId: id(), needId: id(), consents: [] };
      const { clientId, caseId, needId } = person;
      people.set(clientId, person);
      const now = new Date();
      await hear(
        caseOpened.of(clientId, now, { clientId, caseId }),
        caseManagerAssigned.of(clientId, now, {
          clientId,
          caseId,
          caseManagerId: manager.id,
          supervisorId: supervisor.id,
        }),
        needRecorded.of(clientId, now, { needId, clientId, caseId, category: 'HOMELESSNESS' }),
      );
      return { manager, supervisor, person };
    },
    /** The person signs a consent for these agencies; the service hears of it. */
    signs: async (person: Person, agencyIds: string[]): Promise<Consent> => {
      const consent = aConsentFor(person, agencyIds);
      person.consents.push(consent);
      await hear(consentRecorded.of(person.clientId, new Date(), scopeOf(consent)));
      return consent;
    },
    /** The person revokes; with `heard: false` the fact has not arrived yet. */
    revokes: async (person: Person, consent: Consent, { heard = true } = {}): Promise<void> => {
      const { clientId } = person;
      Object.assign(consent, { status: 'REVOKED', revokedAt: new Date().toISOString() });
      const ended = { consentId: consent.id, clientId, version: 2 };
      if (heard) await hear(consentRevoked.of(clientId, new Date(), ended));
    },
    /** The person signs a consent in place of another one. */
    supersedes: async (person: Person, old: Consent, over: Partial<Consent>): Promise<Consent> => {
      const consent = { ...aConsentFor(person, []), ...over };
      Object.assign(old, { status: 'SUPERSEDED' });
      person.consents.push(consent);
      const scope = { ...scopeOf(consent), supersededId: old.id };
      await hear(consentSuperseded.of(person.clientId, new Date(), scope));
      return consent;
    },
    /** The service hears that the person restricts all disclosure, or no longer does. */
    restricts: ({ clientId }: Person, restrictAll: boolean): Promise<void> =>
      hear(clientRestrictionChanged.of(clientId, new Date(), { clientId, restrictAll })),
    /** The service hears which agencies the person blocks. */
    blocks: ({ clientId }: Person, blockedAgencyIds: string[]): Promise<void> =>
      hear(
        clientRestrictionChanged.of(clientId, new Date(), { clientId, restrictAll: false, blockedAgencyIds }),
      ),
    close: async () => {
      await service.close();
      await border.close();
    },
  };
}

export type World = Awaited<ReturnType<typeof referralsWorld>>;

export function aViewer(viewerId: string, roles: Role[], more: Partial<Viewer> = {}): Viewer {
  return aMember(roles, { id: viewerId, ...more });
}

export interface Border {
  url: string;
  server: Server;
  close(): Promise<void>;
}

/** A small server; null answers 503. */
export async function serve(answer: (body: string) => string | null): Promise<Border> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = answer(Buffer.concat(chunks).toString());
      response.writeHead(text === null ? 503 : 200, { 'content-type': 'application/json' }).end(text ?? '');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}/graphql`,
    server,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Answer of a mutation: the object, or a problem by its `kind`. */
export interface Answer {
  kind: string;
  id: string;
  status: string;
  version: number;
  message: string;
  reasons: { code: string }[];
  allowed: string[];
}

const problems = `kind: __typename ... on Problem { message } ... on InvalidTransition { allowed }`;

/** One mutation on the staff graph. */
export async function does(
  { ask }: World,
  viewer: Viewer,
  mutation: string,
  input: Record<string, unknown>,
): Promise<Answer> {
  const type = `${mutation[0]?.toUpperCase() ?? ''}${mutation.slice(1)}Input`;
  const named = mutation === 'sendReferral' || mutation === 'submitReferral' ? 'ReferralStepInput' : type;
  const sends = mutation === 'sendReferral' ? '... on ConsentRequired { reasons { code } }' : '';
  const blocks = ['createReferral', 'sendReferral'].includes(mutation)
    ? '... on DisclosureBlocked { reasons { code } }'
    : '';
  const transition = mutation === 'createReferral' ? problems.split(' ... on InvalidT')[0] : problems;
  const data = await ask<{ it: Answer }>(
    viewer,
    `mutation($input: ${named}!) { it: ${mutation}(input: $input) { ${transition ?? ''} ${sends} ${blocks} ... on Referral { id status version } } }`,
    { input },
  );
  return data.it;
}

/** One mutation on the partner graph. */
export async function partnerDoes(
  { ask }: World,
  viewer: Viewer,
  mutation: string,
  input: Record<string, unknown>,
): Promise<Answer> {
  const steps = ['acknowledgeReferral', 'acceptReferral', 'resumeReferral'];
  const type = steps.includes(mutation)
    ? 'PartnerStepInput'
    : `${mutation[0]?.toUpperCase() ?? ''}${mutation.slice(1)}Input`;
  const data = await ask<{ it: Answer }>(
    viewer,
    `mutation($input: ${type}!) { it: ${mutation}(input: $input) { ${problems} ... on PartnerReferral { id status version } } }`,
    { input },
  );
  return data.it;
}

/** A referral that was sent, with all people involved. */
export async function aSentReferral(world: World) {
  const partner = await world.aPartner();
  const aCase = await world.aCase();
  const consent = await world.signs(aCase.person, [partner.agencyId]);
  const draft = await does(world, aCase.manager, 'createReferral', {
    needId: aCase.person.needId,
    serviceId: partner.serviceId,
    reasonText: 'Needs a place tonight',
  });
  const sent = await does(world, aCase.manager, 'sendReferral', { id: draft.id, expectedVersion: 1 });
  return { ...partner, ...aCase, consent, sent };
}
