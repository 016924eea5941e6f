import { describeKafka, eventually, type GraphQLClient } from '@throughline/testing';
import pg from 'pg';
import { importDirectory, services } from './a-directory.ts';
import { hurryRetries, tellOfNobody } from './a-parked-fact.ts';
import { prepareProgram } from './administrator.ts';
import { ask, type Outcome } from './ask.ts';
import * as maria from './case-manager.ts';
import { startStorySystem, type StorySystem } from './story-system.ts';

const clientAndTimeline = `query C($id: ID!) {
  client(id: $id) { caseNumber timeline(first: 50) { edges { node { kind } } } }
}`;

interface WithTimeline {
  client: { caseNumber: string; timeline: { edges: { node: { kind: string } }[] } | null } | null;
}

const backbones = `query Backbones {
  clientsBackbone { ...waiting } treatmentBackbone { ...waiting } referralsBackbone { ...waiting } notificationsBackbone { ...waiting }
}
fragment waiting on Backbone {
  parkedFacts { edges { node { id state fact { type key } } } }
  timers(names: ["messaging.heartbeat"]) { edges { node { name } } }
  scheduler { isLate }
}`;

type Backbones = Record<
  `${'clients' | 'treatment' | 'referrals' | 'notifications'}Backbone`,
  {
    parkedFacts: { edges: { node: { id: string; state: string; fact: { type: string; key: string } } }[] };
    timers: { edges: object[] };
    scheduler: { isLate: boolean } | null;
  }
>;

const alerts =
  '{ myNotifications(codes: [SCREEN_POSITIVE_SAFETY], first: 50) { edges { node { client { id } } } } }';

/** What of our insides must never be in an answer. */
const address = /localhost|127\.0\.0\.1|::1|ECONN|https?:|:\d{4}|undici|at .+\.ts/;

describeKafka('faults', () => {
  let system: StorySystem;
  let caseManager: GraphQLClient;
  let supervisor: GraphQLClient;

  beforeAll(async () => {
    system = await startStorySystem();
    await importDirectory(system.databases);
    await prepareProgram(await system.as('ruth'));
    caseManager = await system.as('maria');
    supervisor = await system.as('ines');
  });

  afterAll(() => system.close());

  const kindsOf = async (id: string): Promise<string[]> => {
    const { data } = await caseManager<WithTimeline>(clientAndTimeline, { id });
    return data?.client?.timeline?.edges.map(({ node }) => node.kind) ?? [];
  };
  const arrived = (id: string, ...kinds: string[]) =>
    eventually(async () => expect(await kindsOf(id)).toEqual(expect.arrayContaining(kinds)));

  it('one service is away: the rest answers, its part is null and says whose it is', async () => {
    const { id } = await maria.registerClient(caseManager);
    await arrived(id, 'ClientRegistered', 'CaseOpened');

    await system.services.treatment.stop();
    const { status, data, errors } = await caseManager<WithTimeline>(clientAndTimeline, { id });
    expect(status).toBe(200);
    expect(data?.client).toEqual({ caseNumber: expect.any(String) as string, timeline: null });
    expect(errors).toMatchObject([
      { extensions: { code: 'SUBGRAPH_UNAVAILABLE', serviceName: 'treatment' } },
    ]);
    expect(JSON.stringify(errors)).not.toMatch(address);

    const plan = `mutation Plan($input: OpenCarePlanInput!) { openCarePlan(input: $input) { __typename } }`;
    const command = await caseManager(plan, { input: { clientId: id } });
    expect(command.errors).toMatchObject([{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }]);

    await system.services.treatment.start();
    await arrived(id, 'ClientRegistered', 'CaseOpened');
    await expect(maria.openCarePlan(caseManager, id)).resolves.toMatchObject({ __typename: 'CarePlan' });
  });

  it('consents cannot be read: nothing is sent, and the referral waits as a draft', async () => {
    const client = await maria.registerClient(caseManager);
    await maria.recordConsent(caseManager, client.id, maria.shelterConsent());
    const draft = await maria.createReferral(caseManager, {
      needId: client.activeCase.needs[0]?.id,
      serviceId: services.nights,
    });
    expect(draft.status).toBe('DRAFT');

    await system.services.clients.stop();
    const refused = await maria.sendReferral(caseManager, draft);
    expect(refused.__typename).toBe('ConsentRequired');
    expect(refused.reasons?.map(({ code }) => code)).toEqual(['CONSENT_UNVERIFIABLE']);
    expect(JSON.stringify(refused)).not.toMatch(address);
    const query = 'query R($id: ID!) { referral(id: $id) { id status version } }';
    await expect(ask(caseManager, query, { id: draft.id })).resolves.toEqual({
      id: draft.id,
      status: 'DRAFT',
      version: draft.version,
    });

    await system.services.clients.start();
    await expect(maria.sendReferral(caseManager, draft)).resolves.toMatchObject({ status: 'SENT' });
  });

  it('what is recorded while a consumer is away reaches it when it is back, once', async () => {
    await system.services.treatment.stop();
    await system.services.notifications.stop();
    const { id, version } = await maria.registerClient(caseManager);
    expect(version).toBe(1);
    const consent = await maria.recordConsent(caseManager, id, maria.shelterConsent());
    await maria.revokeConsent(caseManager, consent);

    await system.services.treatment.start();
    await arrived(id, 'ClientRegistered', 'CaseOpened', 'ConsentRecorded', 'ConsentRevoked');
    const kinds = await kindsOf(id);
    expect(kinds.filter((kind) => kind === 'ConsentRecorded')).toHaveLength(1);

    await maria.scorePhq9(caseManager, id);
    await system.services.notifications.start();
    const mine = () =>
      ask<{ edges: { node: { client: { id: string } | null } }[] }>(supervisor, alerts).then(({ edges }) =>
        edges.filter(({ node }) => node.client?.id === id),
      );
    await eventually(async () => expect(await mine()).toHaveLength(1));
  });

  it('a fact that cannot be handled: an administrator sees it with everything that waits, and drops it', async () => {
    const administrator = await system.as('ruth');
    const key = await tellOfNobody(system.databases.referrals.appUrl);
    const { answer, id } = await eventually(async () => {
      await hurryRetries(system.databases.clients.appUrl);
      const { data, errors } = await administrator<Backbones>(backbones);
      expect(errors).toEqual([]);
      const all = data?.clientsBackbone.parkedFacts.edges.map(({ node }) => node) ?? [];
      const parked = all.find(({ state, fact }) => state === 'PARKED' && fact.key === key);
      if (!parked) throw new Error('not parked yet');
      expect(parked.fact.type).toBe('DisclosureMade');
      return { answer: data, id: parked.id };
    });
    // Each answer is its own service's: only clients has a fact that waits.
    expect(answer).toMatchObject({
      clientsBackbone: { scheduler: { isLate: false } },
      treatmentBackbone: { parkedFacts: { edges: [] }, scheduler: { isLate: false } },
      referralsBackbone: { parkedFacts: { edges: [] }, scheduler: { isLate: false } },
      notificationsBackbone: { parkedFacts: { edges: [] }, scheduler: { isLate: false } },
    });

    const drop = `mutation Drop($input: DropParkedFactInput!) {
      dropClientsParkedFact(input: $input) { __typename ... on ParkedFact { state } ... on InvalidTransition { from } }
    }`;
    const input = { id, reason: 'it is about nobody' };
    const refused = await caseManager(drop, { input });
    expect(refused.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    await expect(ask(administrator, drop, { input })).resolves.toMatchObject({ state: 'DROPPED' });
    await expect(ask(administrator, drop, { input })).resolves.toMatchObject({ from: 'DROPPED' });
  });

  it('PostgreSQL ends every session: the next requests and facts find their way by themselves', async () => {
    for (const name of Object.keys(system.databases)) {
      const ended = await endSessions(system.databases[name as keyof StorySystem['databases']].appUrl);
      expect({ name, ended }).toEqual({ name, ended: expect.any(Number) as number });
      expect(ended).toBeGreaterThan(0);
    }

    const client = await eventually(() => maria.registerClient(caseManager));
    expect(client.__typename).toBe('Client');
    await maria.recordConsent(caseManager, client.id, maria.shelterConsent());
    await arrived(client.id, 'ClientRegistered', 'CaseOpened', 'ConsentRecorded');
    const draft = await eventually(() =>
      maria.createReferral(caseManager, {
        needId: client.activeCase.needs[0]?.id,
        serviceId: services.nights,
      }),
    );
    const sent: Outcome = await maria.sendReferral(caseManager, draft);
    expect(sent).toMatchObject({ status: 'SENT' });
    await arrived(client.id, 'ReferralSent');
  });
});

/** As an administrator would; answers how many there were. */
async function endSessions(databaseUrl: string): Promise<number> {
  const db = new pg.Client({ connectionString: process.env.TEST_POSTGRES_URL });
  await db.connect();
  try {
    const { rowCount } = await db.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1',
      [new URL(databaseUrl).pathname.slice(1)],
    );
    return rowCount ?? 0;
  } finally {
    await db.end();
  }
}
