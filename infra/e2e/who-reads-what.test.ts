import { careCopy, CareReader, readableParts, relationsTo, type Care, type Part } from '@throughline/care';
import { clientsConfig, migrate as migrateClients, ownCare, startClients } from '@throughline/clients';
import { uuidV7 } from '@throughline/events';
import { roles, type Role, type Viewer } from '@throughline/graphql';
import { localTransport } from '@throughline/messaging';
import * as notifications from '@throughline/notifications';
import { addDays, dayIn } from '@throughline/privacy';
import * as referrals from '@throughline/referrals';
import { aViewer, startTestService } from '@throughline/service/testing';
import { eventually } from '@throughline/testing';
import * as treatment from '@throughline/treatment';

/** For each part that a service shows at `Client`: a field that is never null where the viewer may read the part. */
const shown = {
  clients: {
    EXISTENCE: 'caseNumber',
    CASE: 'caseFiles { id }',
    IDENTITY: 'consentAuthority',
    CONTACT: 'contactPoints { value }',
    SOCIAL: 'populations',
    CONSENTS: 'consents { id }',
    DISCLOSURES: 'disclosures(first: 1) { pageInfo { hasNextPage } }',
    LEDGER_CHECK: 'disclosureLedgerIntact',
  },
  treatment: { CLINICAL: 'episodes { id }', TIMELINE: 'timeline(first: 1) { pageInfo { hasNextPage } }' },
  referrals: { REFERRALS: 'referralRequests { id }', SENSITIVE_REFERRALS: 'openReferralCount' },
  notifications: { ALERTS: 'alerts { id }' },
} satisfies Record<string, Partial<Record<Part, string>>>;
type Name = keyof typeof shown;
const names = Object.keys(shown) as Name[];

const staffRoles = roles.filter((role) => !role.startsWith('PARTNER_') && role !== 'SYSTEM');

async function startServices() {
  const transport = localTransport();
  const { treatmentConfig, startTreatment, migrate } = treatment;
  return {
    clients: await startTestService(
      { name: 'clients', config: clientsConfig, start: startClients, migrate: migrateClients },
      { transport },
    ),
    treatment: await startTestService(
      { name: 'treatment', config: treatmentConfig, start: startTreatment, migrate },
      { transport },
    ),
    referrals: await startTestService(
      {
        ...({ name: 'referrals', start: referrals.startReferrals } as const),
        config: referrals.referralsConfig,
        migrate: referrals.migrate,
      },
      { transport },
    ),
    notifications: await startTestService(
      {
        ...({ name: 'notifications', start: notifications.startNotifications } as const),
        config: notifications.notificationsConfig,
        migrate: notifications.migrate,
      },
      { transport },
    ),
  };
}

const people = ['maria', 'jonah', 'sam', 'sue', 'ines', 'otto', 'cleo', 'lea'] as const;
type Person = (typeof people)[number];
const idOf = Object.fromEntries(people.map((person) => [person, uuidV7(new Date())])) as Record<
  Person,
  string
>;
const as = (person: Person, ...held: Role[]): Viewer => aViewer(held, { id: idOf[person] });

interface CaseOf {
  id: string;
  activeCase: { id: string; version: number };
}

let services: Awaited<ReturnType<typeof startServices>>;
/** Clients in each situation, by what happened. */
const clients: Record<string, string> = {};
/** What the owner of the data knows of who works with each client. */
let owned: Map<string, Care>;

beforeAll(async () => {
  services = await startServices();
  for (const person of people) await record(person, { roles: staffRoles, name: person, supervisorId: null });
  await record('maria', { supervisorId: idOf.sam }, 1);
  await record('jonah', { supervisorId: idOf.sam }, 1);
  await makeClients();
  // The team of a case manager changes after the assignment.
  await record('jonah', { supervisorId: idOf.sue }, 2);
  await goOnLeave('maria', 'lea');

  owned = await careIn('clients');
  expect(owned.size).toBe(Object.keys(clients).length - 1);
  for (const name of names) await eventually(async () => expect(await careIn(name)).toEqual(owned));
});
afterAll(async () => {
  for (const name of names) await services[name].close();
});

async function makeClients(): Promise<void> {
  const led = await register(as('ines', 'INTAKE_WORKER'));
  await change('sam', 'assignCaseManager', {
    caseId: led.activeCase.id,
    caseManagerId: idOf.maria,
    expectedVersion: led.activeCase.version,
  });
  const queued = await register(as('ines', 'INTAKE_WORKER'));
  const moved = await register(as('maria', 'CASE_MANAGER'));
  await change('sam', 'assignCaseManager', {
    caseId: moved.activeCase.id,
    caseManagerId: idOf.jonah,
    expectedVersion: moved.activeCase.version,
  });
  const closed = await register(as('maria', 'CASE_MANAGER'));
  const shared = await register(as('maria', 'CASE_MANAGER'));
  await change('sam', 'assignToCase', {
    ...{ caseId: shared.activeCase.id, staffId: idOf.cleo, role: 'SECONDARY' },
    expectedVersion: shared.activeCase.version,
  });
  const givenUp = await register(as('ines', 'INTAKE_WORKER'));
  for (const { activeCase } of [closed, givenUp]) {
    const { id: caseId, version: expectedVersion } = activeCase;
    await change('sam', 'closeCase', { caseId, reason: 'GOALS_MET', expectedVersion });
  }
  Object.assign(clients, {
    led: led.id,
    queued: queued.id,
    moved: moved.id,
    closed: closed.id,
    givenUp: givenUp.id,
    shared: shared.id,
  });
  clients.unknown = uuidV7(new Date('2026-01-01'));
}

async function record(person: Person, input: object, expectedVersion?: number): Promise<void> {
  const mutation = 'mutation($input: RecordStaffInput!) { it: recordStaff(input: $input) { __typename } }';
  const variables = { input: { ...input, id: idOf[person], ...(expectedVersion && { expectedVersion }) } };
  const { it: answer } = await services.clients.get<{ it: object }>(
    aViewer(['PROGRAM_ADMIN']),
    mutation,
    variables,
  );
  expect(answer).toEqual({ __typename: 'StaffMember' });
}

/** Today, so that it counts at once. */
async function goOnLeave(person: Person, cover: Person): Promise<void> {
  const mutation = 'mutation($input: RecordLeaveInput!) { it: recordLeave(input: $input) { __typename } }';
  const day = dayIn('America/New_York', new Date());
  const input = { staffId: idOf[person], startsOn: day, endsOn: addDays(day, 3), coverId: idOf[cover] };
  const { it: answer } = await services.clients.get<{ it: object }>(aViewer(['PROGRAM_ADMIN']), mutation, {
    input,
  });
  expect(answer).toEqual({ __typename: 'StaffLeave' });
}

async function register(viewer: Viewer): Promise<CaseOf> {
  const mutation = `mutation($input: RegisterClientInput!) { it: registerClient(input: $input) {
    ... on Client { id activeCase { id version } } ... on Problem { message } } }`;
  const input = { legalName: 'Rosalind Ferro', nameToUse: 'Ros' };
  const { it: client } = await services.clients.get<{ it: CaseOf }>(viewer, mutation, { input });
  expect(client.id).toBeDefined();
  return client;
}

async function change(person: Person, mutation: string, input: object): Promise<void> {
  const type = `${mutation[0]?.toUpperCase() ?? ''}${mutation.slice(1)}Input`;
  const document = `mutation($input: ${type}!) { it: ${mutation}(input: $input) { kind: __typename ... on Problem { message } } }`;
  const { it: answer } = await services.clients.get<{ it: object }>(as(person, 'SUPERVISOR'), document, {
    input,
  });
  expect(answer).toEqual({ kind: 'CaseFile' });
}

function readerIn(name: Name, viewer: Viewer): CareReader {
  return new CareReader(name === 'clients' ? ownCare : careCopy, {
    db: services[name].db,
    viewer,
    now: () => new Date(),
  });
}

function careIn(name: Name): Promise<Map<string, Care>> {
  return readerIn(name, as('otto')).careIn(services[name].db.manager, Object.values(clients));
}

/** The parts that a service shows to the viewer, for each client. */
async function readIn(name: Name, viewer: Viewer): Promise<Record<string, string[]>> {
  const fields = Object.entries(shown[name]);
  const selection = fields.map(([part, field]) => `${part}: ${field}`).join(' ');
  const query = `query($all: [_Any!]!) { _entities(representations: $all) { ... on Client { ${selection} } } }`;
  const all = Object.values(clients).map((id) => ({ __typename: 'Client', id }));
  const answer = await services[name].get<{ _entities: (Record<string, unknown> | null)[] }>(viewer, query, {
    all,
  });
  const read = answer._entities.map((client) =>
    fields.flatMap(([part]) => (client && client[part] !== null ? [part] : [])),
  );
  return Object.fromEntries(Object.keys(clients).map((client, at) => [client, read[at] ?? []]));
}

describe.each(people)('what %s reads of each client', (person) => {
  it.each(staffRoles)('as %s is what the relation says, in all four services', async (role) => {
    const viewer = as(person, role);
    for (const name of names) {
      const said = Object.entries(clients).map(([client, id]) => {
        const may = readableParts(viewer, owned.get(id) ?? null);
        return [client, Object.keys(shown[name]).filter((part) => may.has(part as Part))];
      });
      expect([name, await readIn(name, viewer)]).toEqual([name, Object.fromEntries(said)]);
    }
  });
});

it('has every relation, and nobody who has none', () => {
  const held = new Set<string>();
  for (const person of people) {
    for (const role of staffRoles) {
      for (const id of Object.values(clients)) {
        const relations = relationsTo(as(person, role), owned.get(id) ?? null);
        for (const relation of relations.length > 0 ? relations : ['NONE']) held.add(relation);
      }
    }
  }
  expect([...held].sort()).toEqual([
    ...['CARE_TEAM', 'COVER', 'NONE', 'OWN_CASELOAD', 'PRIVACY', 'QUEUE', 'REGISTERED', 'TEAM'],
  ]);
});
