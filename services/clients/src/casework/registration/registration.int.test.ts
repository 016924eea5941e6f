import { eventually } from '@throughline/testing';
import { aClient, aViewer, hire, testService, type TestService } from '../../test-service.ts';

let service: TestService;
let people: Awaited<ReturnType<typeof hire>>;
beforeAll(async () => {
  service = await testService();
  people = await hire(service.ask);
});
afterAll(() => service.close());

const typesAbout = (clientId: string) =>
  service.sent.filter(({ key }) => key === clientId).map(({ type }) => type);

describe('registering a client', () => {
  it('opens the case, assigns it to the case manager who asks and keeps the ranking of the person', async () => {
    const client = await aClient(service.ask, people.maria, {
      dateOfBirth: '1988-04-12',
      populations: ['HOMELESS', 'SUBSTANCE_USE'],
      preferredLanguage: 'es',
      contactPoints: [{ kind: 'PHONE', value: '+13055550123' }],
      safeContact: { allowedMethods: ['TEXT'], leaveMessageOk: false },
      needs: [
        { category: 'FOOD_INSECURITY', clientRank: 2 },
        { category: 'HOMELESSNESS', clientRank: 1 },
      ],
    });

    expect(client.__typename).toBe('Client');
    expect(client.caseNumber).toMatch(/^TL-\d{4}-\d{6}$/);
    expect(client.activeCase.primaryCaseManager?.id).toBe(people.maria.id);
    expect(client.activeCase.needs.map(({ clientRank }) => clientRank)).toEqual([1, 2]);
    await eventually(() =>
      expect(typesAbout(client.id)).toEqual([
        'ClientRegistered',
        'ClientAgeGroupChanged',
        'CaseOpened',
        'CaseManagerAssigned',
        'NeedRecorded',
        'NeedRecorded',
      ]),
    );
  });

  it('leaves the case of an intake worker in the queue, where a supervisor finds it', async () => {
    const client = await aClient(service.ask, people.intake);
    expect(client.activeCase.primaryCaseManager).toBeNull();

    const query = '{ unassignedCases(first: 100) { edges { node { client { id } } } } }';
    const { data } = await service.ask<{
      unassignedCases: { edges: { node: { client: { id: string } } }[] };
    }>(people.supervisor, query);
    expect(data.unassignedCases.edges.map(({ node }) => node.client.id)).toContain(client.id);
  });

  it('lists every fault at once and stores nothing', async () => {
    const before = await count();
    const answer = await aClient(service.ask, people.maria, {
      legalName: 'x'.repeat(900_000),
      nameToUse: 'bell\u0007',
      dateOfBirth: '2099-01-01',
      postalCode: '1',
      householdSize: 0,
      livingSituation: '777',
      contactPoints: [{ kind: 'PHONE', value: '305-555-0123' }],
      needs: [
        { category: 'DENTAL', clientRank: 1 },
        { category: 'OTHER', clientRank: 1 },
      ],
    });

    expect(answer.__typename).toBe('InvalidInput');
    expect(answer.issues?.map(({ path, code }) => `${path} ${code}`).sort()).toEqual([
      'contactPoints.0.value INVALID_FORMAT',
      'dateOfBirth IN_FUTURE',
      'householdSize OUT_OF_RANGE',
      'legalName TOO_LONG',
      'livingSituation UNKNOWN_CODE',
      'nameToUse UNREADABLE',
      'needs.1.clientRank DUPLICATE',
      'postalCode INVALID_FORMAT',
    ]);
    expect(await count()).toBe(before);
  });

  it.each(['Ros 🌻', 'روزالیند', '罗莎琳德'])('takes the name %s as it is', async (nameToUse) => {
    const { id } = await aClient(service.ask, people.maria, { nameToUse });
    const query = 'query ($id: ID!) { client(id: $id) { name { nameToUse } } }';
    const { data } = await service.ask<{ client: object }>(people.maria, query, { id });
    expect(data.client).toEqual({ name: { nameToUse } });
  });

  it('happens once per idempotency key, and refuses the key for another input', async () => {
    const before = await count();
    const input = { idempotencyKey: 'register-once' };
    const first = await aClient(service.ask, people.maria, input);
    const second = await aClient(service.ask, people.maria, input);
    const other = await aClient(service.ask, people.maria, { ...input, pronouns: 'they/them' });

    expect(second.id).toBe(first.id);
    expect(other.__typename).toBe('IdempotencyConflict');
    expect(await count()).toBe(before + 1);
  });

  it('is refused to roles that do not register and to staff without a record', async () => {
    const input = { legalName: 'Nobody' };
    const query = `mutation ($input: RegisterClientInput!) { registerClient(input: $input) { __typename } }`;
    const wrongRole = await service.ask(people.privacy, query, { input });
    expect(wrongRole.errors[0]?.extensions?.code).toBe('FORBIDDEN');
    const unrecorded = await aClient(service.ask, aViewer(['CASE_MANAGER']));
    expect(unrecorded.__typename).toBe('Forbidden');
  });
});

describe('changing a client', () => {
  const query = `mutation ($input: UpdateClientInput!) { updateClient(input: $input) {
    __typename ... on Client { version name { nameToUse } safeContact { contactProhibited allowedMethods } }
    ... on StaleVersion { currentVersion } } }`;

  it('keeps what is left out, and tells others the names of the fields only', async () => {
    const { id } = await aClient(service.ask, people.maria);
    const input = { id, expectedVersion: 1, safeContact: { contactProhibited: true } };
    const { data } = await service.ask<{ updateClient: object }>(people.maria, query, { input });
    expect(data.updateClient).toMatchObject({
      version: 2,
      name: { nameToUse: 'Ros' },
      safeContact: { contactProhibited: true, allowedMethods: [] },
    });
    const fact = await eventually(() => {
      const found = service.sent.find(({ key, type }) => key === id && type === 'ClientUpdated');
      if (!found) throw new Error('no fact yet');
      return found;
    });
    expect(fact.data).toEqual({ clientId: id, changedFields: ['safeContact'], version: 2 });
  });

  it('to what it is already keeps the version and tells nobody', async () => {
    const { id } = await aClient(service.ask, people.maria, { pronouns: 'she/her' });
    for (const nothing of [{}, { pronouns: 'she/her' }]) {
      const input = { id, expectedVersion: 1, ...nothing };
      const { data } = await service.ask<{ updateClient: object }>(people.maria, query, { input });
      expect(data.updateClient).toMatchObject({ __typename: 'Client', version: 1 });
    }
    expect(await service.recorded(id)).not.toContain('ClientUpdated');
  });

  it('is refused when somebody changed it since', async () => {
    const { id } = await aClient(service.ask, people.maria);
    const input = { id, expectedVersion: 7, pronouns: 'she/her' };
    const { data } = await service.ask<{ updateClient: object }>(people.maria, query, { input });
    expect(data.updateClient).toEqual({ __typename: 'StaleVersion', currentVersion: 1 });
  });
});

async function count(): Promise<number> {
  const rows: { n: number }[] = await service.running.dataSource.query(
    'select count(*)::int as n from client',
  );
  return rows[0]!.n;
}
