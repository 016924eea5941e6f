import { eventually, statementsOf } from '@throughline/testing';
import { aClient, aViewer, hire, shelterId, testService, type TestService } from '../../test-service.ts';

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

  it('begins with the screening when it is asked to', async () => {
    const { activeCase } = await aClient(service.ask, people.intake, {
      ...{ legalName: 'Juna Haldane-Vogt', startsWith: 'SCREENING' },
    });
    const query = 'query ($id: ID!) { caseFile(id: $id) { status phase } }';
    const { data } = await service.ask<{ caseFile: object }>(people.supervisor, query, { id: activeCase.id });
    expect(data.caseFile).toEqual({ status: 'SCREENING', phase: 'SCREENING' });
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

describe('the cost of a registration', () => {
  it('is a few reads, those for duplicates and the caseload included, however many clients there are', async () => {
    const register = (legalName: string) => aClient(service.ask, people.maria, { legalName });
    await register('Anneliese Prokop');
    const reads = await statementsOf(service.running.dataSource, async () => {
      await register('Bartholomew Nakagawa');
    });
    expect(reads.length).toBeLessThanOrEqual(mostReads);
  });
});

/** A registration reads 16 times; the timers that the one before it set may read meanwhile, too. */
const mostReads = 24;

describe('what protects a person', () => {
  const update = (input: object) =>
    service
      .ask<{ updateClient: { __typename: string; issues?: object[] } }>(
        people.maria,
        `mutation ($input: UpdateClientInput!) { updateClient(input: $input) {
          __typename ... on InvalidInput { issues { path code } } } }`,
        { input },
      )
      .then(({ data }) => data.updateClient);

  it('a block names an agency of the directory: a wrong id would protect nobody', async () => {
    const stranger = '0193a000-0000-7000-8000-00000000dead';
    const blocks = { blockedAgencyIds: [shelterId, stranger], legalName: 'Thandeka Broussard' };
    expect(await aClient(service.ask, people.maria, blocks)).toMatchObject({
      issues: [{ path: 'blockedAgencyIds.1', code: 'UNKNOWN' }],
    });
    const kept = { ...blocks, blockedAgencyIds: [shelterId.toUpperCase()] };
    const { id } = await aClient(service.ask, people.maria, kept);
    expect(await update({ id, expectedVersion: 1, blockedAgencyIds: [stranger] })).toMatchObject({
      issues: [{ path: 'blockedAgencyIds.0', code: 'UNKNOWN' }],
    });
    expect(await update({ id, expectedVersion: 1, pronouns: 'she/her' })).toMatchObject({
      __typename: 'Client',
    });
  });

  it('a rule of contact is told to those who send messages, when it is named and whenever it changes', async () => {
    const { id } = await aClient(service.ask, people.maria, { legalName: 'Ikaika Venn' });
    expect(await service.recorded(id)).not.toContain('ClientContactRuleChanged');
    for (const [version, safeContact] of [
      { contactProhibited: true },
      { allowedMethods: ['TEXT'] },
    ].entries())
      await update({ id, expectedVersion: version + 1, safeContact });
    const told = await service.db.query<{ data: object }[]>(
      `select payload as data from outbox where type = 'ClientContactRuleChanged' and key = $1
       union all select payload from outbox_archive where type = 'ClientContactRuleChanged' and key = $1`,
      [id],
    );
    const rule = { clientId: id, mayBeLeft: false, mayMentionProgram: false, deceased: false };
    expect(told.map(({ data }) => data)).toEqual(
      expect.arrayContaining([
        { ...rule, contactProhibited: true, allowedMethods: [] },
        { ...rule, contactProhibited: false, allowedMethods: ['TEXT'] },
      ]),
    );
  });
});

async function count(): Promise<number> {
  const rows: { n: number }[] = await service.running.dataSource.query(
    'select count(*)::int as n from client',
  );
  return rows[0]!.n;
}
