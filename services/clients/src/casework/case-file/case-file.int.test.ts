import { referralRequestStatusChanged, uuidV7 } from '@throughline/events';
import { eventually, statementsOf } from '@throughline/testing';
import {
  aClient,
  aConsent,
  aViewer,
  hire,
  testService,
  type Registered,
  type TestService,
} from '../../test-service.ts';

let service: TestService;
let people: Awaited<ReturnType<typeof hire>>;
beforeAll(async () => {
  service = await testService();
  people = await hire(service.ask);
});
afterAll(() => service.close());

const assign = (caseId: string, caseManagerId: string, viewer = people.supervisor, expectedVersion = 1) =>
  service
    .ask<{ assignCaseManager: { __typename: string } }>(
      viewer,
      `mutation ($input: AssignCaseManagerInput!) { assignCaseManager(input: $input) { __typename
        ... on CaseFile { version primaryCaseManager { id } assignments { endedAt } } } }`,
      { input: { caseId, caseManagerId, expectedVersion } },
    )
    .then(({ data }) => data.assignCaseManager);

describe('cases of one millisecond', () => {
  const act = async (viewer: typeof people.maria, name: string, input: object) => {
    const type = `${name.replace(/^./, (letter) => letter.toUpperCase())}Input`;
    const query = `mutation ($input: ${type}!) { ${name}(input: $input) {
      __typename ... on CaseFile { id } ... on InvalidTransition { from } } }`;
    const { data } = await service.ask<Record<string, { id: string }>>(viewer, query, { input });
    return data[name]!;
  };

  it('have an order: the newest is found, however often a case is entered in error', async () => {
    const { id: clientId, activeCase } = await aClient(service.ask, people.maria);
    let caseId = activeCase.id;
    for (let time = 0; time < 8; time++) {
      const mistake = { caseId, reason: 'twice', expectedVersion: 1 };
      await act(people.privacy, 'markCaseEnteredInError', mistake);
      ({ id: caseId } = await act(people.maria, 'openCase', { clientId }));
      expect(await act(people.maria, 'openCase', { clientId })).toEqual({
        __typename: 'InvalidTransition',
        from: 'OPEN_ASSESSMENT',
      });
    }
  });
});

describe('assigning a case manager', () => {
  it('ends one assignment and begins the other, and tells both', async () => {
    const { id, activeCase } = await aClient(service.ask, people.maria);
    const answer = await assign(activeCase.id, people.jonah.id);
    expect(answer).toMatchObject({ version: 2, primaryCaseManager: { id: people.jonah.id } });
    const fact = await eventually(() => {
      const found = service.sent.findLast(({ key, type }) => key === id && type === 'CaseManagerAssigned');
      if ((found?.data as { caseManagerId: string }).caseManagerId !== people.jonah.id)
        throw new Error('not yet');
      return found;
    });
    expect(fact?.data).toMatchObject({ supervisorId: people.supervisor.id });
    expect((await assign(activeCase.id, people.maria.id)).__typename).toBe('StaleVersion');
  });

  it('is for the supervisor of the team, and for people who lead cases', async () => {
    const { activeCase } = await aClient(service.ask, people.maria);
    expect((await assign(activeCase.id, people.jonah.id, people.otherSupervisor)).__typename).toBe(
      'NotFound',
    );
    expect((await assign(activeCase.id, people.privacy.id)).__typename).toBe('InvalidInput');
    expect((await assign(activeCase.id, 'nobody')).__typename).toBe('InvalidInput');
  });

  it('takes from the one before also the answers to commands repeated by their keys', async () => {
    const registration = { idempotencyKey: 'registered' };
    const { id, activeCase } = await aClient(service.ask, people.maria, registration);
    const needInput = { caseId: activeCase.id, category: 'HOMELESSNESS', idempotencyKey: 'need' };
    const consentInput = { clientId: id, consent: aConsent(), idempotencyKey: 'consent' };
    const both = () =>
      service
        .ask<{ recordNeed: { __typename: string }; recordConsent: { __typename: string } }>(
          people.maria,
          `mutation ($need: RecordNeedInput!, $consent: RecordConsentInput!) {
            recordNeed(input: $need) { __typename } recordConsent(input: $consent) { __typename } }`,
          { need: needInput, consent: consentInput },
        )
        .then(({ data }) => [data.recordNeed.__typename, data.recordConsent.__typename]);
    expect(await both()).toEqual(['Need', 'Consent']);
    expect(await both()).toEqual(['Need', 'Consent']);

    await assign(activeCase.id, people.jonah.id);
    expect(await both()).toEqual(['NotFound', 'NotFound']);
    expect((await aClient(service.ask, people.maria, registration)).__typename).toBe('NotFound');
  });

  it('who leads the case already changes nothing and notifies nobody', async () => {
    const { id, activeCase } = await aClient(service.ask, people.maria);
    expect(await assign(activeCase.id, people.maria.id)).toMatchObject({ version: 1 });
    const assigned = (await service.recorded(id)).filter((type) => type === 'CaseManagerAssigned');
    expect(assigned).toHaveLength(1);
  });

  it('never leaves two primaries, whatever is written', async () => {
    const { id, activeCase } = await aClient(service.ask, people.maria);
    const second = service.running.dataSource.query(
      `insert into assignment (id, case_id, client_id, case_manager_id, role, started_at, assigned_by)
       values ($1, $2, $3, $4, 'PRIMARY', now(), $4)`,
      [uuidV7(new Date()), activeCase.id, id, people.jonah.id],
    );
    await expect(second).rejects.toThrow('assignment_one_primary_per_case');
  });
});

describe('a case', () => {
  it('is closed once, stays readable for its last case manager, and takes no further needs', async () => {
    const { activeCase } = await aClient(service.ask, people.maria);
    const close = `mutation ($input: CloseCaseInput!) { closeCase(input: $input) { __typename
      ... on CaseFile { status closure { reason } } } }`;
    const input = { caseId: activeCase.id, reason: 'GOALS_MET', expectedVersion: 1 };
    const { data } = await service.ask(people.maria, close, { input });
    expect(data).toEqual({
      closeCase: { __typename: 'CaseFile', status: 'CLOSED', closure: { reason: 'GOALS_MET' } },
    });
    const again = await service.ask(people.maria, close, { input: { ...input, expectedVersion: 2 } });
    expect(again.data).toEqual({ closeCase: { __typename: 'InvalidTransition' } });
    const need = await service.ask(
      people.maria,
      'mutation ($input: RecordNeedInput!) { recordNeed(input: $input) { __typename } }',
      { input: { caseId: activeCase.id, category: 'DENTAL' } },
    );
    expect(need.data).toEqual({ recordNeed: { __typename: 'InvalidTransition' } });
  });

  it('is closed while one of its needs changes, and neither waits for the other for ever', async () => {
    const close = 'mutation ($input: CloseCaseInput!) { closeCase(input: $input) { __typename } }';
    const update =
      'mutation ($input: UpdateNeedStatusInput!) { updateNeedStatus(input: $input) { __typename } }';
    for (let round = 0; round < 6; round++) {
      const { activeCase } = await aClient(service.ask, people.maria, { needs: [{ category: 'DENTAL' }] });
      const closing = { caseId: activeCase.id, reason: 'GOALS_MET', expectedVersion: 1 };
      const changing = { id: activeCase.needs[0]?.id, status: 'IN_PROGRESS', expectedVersion: 1 };
      const both = await Promise.all([
        service.ask(people.maria, update, { input: changing }),
        service.ask(people.maria, close, { input: closing }),
      ]);
      expect(both.map(({ errors }) => errors)).toEqual([[], []]);
    }
  });
});

describe('a need', () => {
  it('that is recorded twice at once stands once', async () => {
    const { activeCase } = await aClient(service.ask, people.maria);
    const record = 'mutation ($input: RecordNeedInput!) { recordNeed(input: $input) { __typename } }';
    const input = { caseId: activeCase.id, category: 'LEGAL_AID' };
    const answers = await Promise.all(
      [1, 2, 3].map(() => service.ask<{ recordNeed: object }>(people.maria, record, { input })),
    );
    expect(
      answers.map(({ data }) => JSON.stringify(data)).filter((text) => text.includes('"Need"')),
    ).toHaveLength(1);
  });

  it('is met when a referral for it is resolved, once', async () => {
    const { id, activeCase } = await aClient(service.ask, people.maria, { needs: [{ category: 'DENTAL' }] });
    const needId = activeCase.needs[0]!.id;
    const requestId = uuidV7(new Date());
    const resolved = () =>
      referralRequestStatusChanged.of(requestId, new Date(), {
        ...{ requestId, clientId: id, needId, to: 'RESOLVED' },
      });
    await service.hear(resolved(), resolved());
    await eventually(() => {
      const facts = service.sent.filter(({ key, type }) => key === id && type === 'NeedStatusChanged');
      expect(facts.map(({ data }) => data)).toEqual([{ needId, clientId: id, status: 'MET' }]);
    });
  });
});

describe('a caseload', () => {
  const page = `query ($first: Int, $after: Cursor, $sort: CaseloadSort) {
    myCaseload(first: $first, after: $after, sort: $sort) {
      edges { node { id status nextContactDueAt
        client { caseNumber name { nameToUse } ageBand populations consents { id } }
        primaryCaseManager { name } needs { category status } } }
      pageInfo { hasNextPage endCursor } } }`;
  interface Page {
    myCaseload: {
      edges: { node: { id: string; client: { name: { nameToUse: string } } } }[];
      pageInfo: { hasNextPage: boolean; endCursor: string };
    };
  }

  it('comes in order, page by page, and asks as often for 50 clients as for 5', async () => {
    const lena = { ...people.maria, id: uuidV7(new Date()) };
    await record(lena.id);
    const clients: Registered[] = [];
    for (let n = 0; n < 50; n++) {
      const nameToUse = `Person ${String(49 - n).padStart(2, '0')}`;
      service.clock.now = new Date(service.clock.now.getTime() + 1000);
      clients.push(await aClient(service.ask, lena, { nameToUse, needs: [{ category: 'DENTAL' }] }));
    }
    const ask = async (first: number, more: object = {}) =>
      (await service.ask<Page>(lena, page, { first, ...more })).data.myCaseload;

    const all = await ask(50);
    expect(all.edges.map(({ node }) => node.id)).toEqual(clients.map(({ activeCase }) => activeCase.id));
    const front = await ask(30, { sort: 'NAME' });
    const back = await ask(30, { sort: 'NAME', after: front.pageInfo.endCursor });
    const names = [...front.edges, ...back.edges].map(({ node }) => node.client.name.nameToUse);
    expect(names).toEqual(names.toSorted());
    expect(names).toHaveLength(50);

    const statements = (work: () => Promise<unknown>) => statementsOf(service.running.dataSource, work);
    expect(await statements(() => ask(5))).toHaveLength(7);
    expect(await statements(() => ask(50))).toHaveLength(7);
  });

  it('is refused to those who lead no cases', async () => {
    const { errors } = await service.ask(people.privacy, '{ myCaseload { pageInfo { hasNextPage } } }');
    expect(errors[0]?.extensions?.code).toBe('FORBIDDEN');
    const { data } = await service.ask(people.maria, '{ me { id openCases supervisor { id } } }');
    expect(data).toMatchObject({ me: { supervisor: { id: people.supervisor.id } } });
  });

  async function record(id: string): Promise<void> {
    await service.ask(
      aViewer(['PROGRAM_ADMIN']),
      'mutation ($input: RecordStaffInput!) { recordStaff(input: $input) { __typename } }',
      { input: { id, name: 'Lena', roles: ['CASE_MANAGER'], supervisorId: people.supervisor.id } },
    );
  }
});
