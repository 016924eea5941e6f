import { describeKafka, eventually, type GraphQLClient } from '@throughline/testing';
import { importDirectory, services } from './a-directory.ts';
import { prepareProgram } from './administrator.ts';
import { ask, type Outcome } from './ask.ts';
import * as maria from './case-manager.ts';
import { startStorySystem, type StorySystem } from './story-system.ts';

const page = `query Page($id: ID!) { client(id: $id) {
  openCrisisAlerts { id level state acknowledgedBy { id } version }
  nextSteps { id what why due owner { name } version needCategory }
  risk { tier points drivers { code sourceType } }
  screeningTrend(instrument: "PHQ-9") { points { total } change { reliable meaning } }
  activeCase { id version riskTier }
} }`;
interface Page {
  openCrisisAlerts: {
    id: string;
    level: number;
    state: string;
    acknowledgedBy: { id: string } | null;
    version: number;
  }[];
  nextSteps: {
    id: string;
    what: string;
    why: string;
    owner: { name: string };
    needCategory: string | null;
  }[];
  risk: { tier: string; points: number; drivers: { code: string; sourceType: string }[] } | null;
  screeningTrend: {
    points: { total: number }[];
    change: { reliable: string; meaning: string } | null;
  } | null;
  activeCase: { id: string; version: number; riskTier: string };
}
const inbox = `{ myNotifications(codes: [CRISIS_L1], first: 10) { edges { node {
  id state subject { __typename ... on CrisisAlert { id } } } } } }`;
/** `recordNeed` takes a RecordNeedInput; steps of a crisis share theirs. */
const inputOf = (name: string) =>
  /^(start|stabilise)/.test(name)
    ? 'CrisisStepInput'
    : `${name.replace(/^./, (letter) => letter.toUpperCase())}Input`;

/** Four services, a broker and timers on a machine that others use, too. */
const patient = { timeoutMs: 30_000 };

interface Inbox {
  edges: { node: { id: string; state: string; subject: { id: string } } }[];
}

describeKafka('care during treatment', () => {
  let system: StorySystem;
  let caseManager: GraphQLClient;
  let supervisor: GraphQLClient;
  let client: maria.Registered;

  beforeAll(async () => {
    system = await startStorySystem();
    await importDirectory(system.databases);
    await prepareProgram(await system.as('ruth'));
    caseManager = await system.as('maria');
    supervisor = await system.as('ines');
    client = await maria.registerClient(caseManager);
  }, 240_000);
  afterAll(() => system.close());

  const read = () => ask<Page>(caseManager, page, { id: client.id });
  const act = (graph: GraphQLClient, name: string, input: object, fields = '') =>
    ask<Outcome & Record<string, unknown>>(
      graph,
      `mutation Act($input: ${inputOf(name)}!) { ${name}(input: $input) { __typename ${fields} ... on Problem { message } } }`,
      { input },
    );
  const screen = (instrument: string, values: Record<number, number>) =>
    act(
      caseManager,
      'recordScreening',
      {
        ...{ clientId: client.id, instrument },
        answers: Object.entries(values).map(([item, value]) => ({ item: Number(item), value })),
      },
      '... on Screening { id band total signedAt signingWaitsFor }',
    );
  const phq9 = (value: number, last: number) => ({
    ...{ 1: value, 2: value, 3: value, 4: value, 5: value, 6: value, 7: value, 8: value, 9: last },
  });

  it('1: the tools are data with licence and credit; a PHQ-9 shows its trend', async () => {
    const tools = await ask<
      { code: string; credit: string; licence: string; items: { text: string | null }[] }[]
    >(caseManager, '{ instruments { code credit licence items { text(language: "es") } } }', {});
    expect(tools).toHaveLength(14);
    expect(tools.find(({ code }) => code === 'PHQ-9')?.items[0]?.text).toContain('Poco interés');
    expect(await screen('PHQ-9', phq9(2, 0))).toMatchObject({ total: 16, band: 'MODERATELY_SEVERE' });
  });

  it('2: an answer about death waits for the C-SSRS, and social answers propose needs', async () => {
    const waiting = await screen('PHQ-9', phq9(1, 1));
    expect(waiting).toMatchObject({ signedAt: null, signingWaitsFor: 'C-SSRS' });
    const { id } = waiting;
    expect((await act(caseManager, 'signScreening', { id })).__typename).toBe('SafetyScreenRequired');
    await screen('AHC-HRSN', { 1: 0, 2: 0, 3: 1, 4: 1, 5: 0, 6: 0, 7: 1, 8: 1, 9: 1, 10: 1 });
    const { nextSteps, screeningTrend } = await read();
    expect(nextSteps.map(({ what, why }) => [what, why])).toEqual([
      ['C_SSRS_SCREENER', 'SUICIDE_ITEM'],
      ['RECORD_NEED', 'SOCIAL_FOOD'],
    ]);
    expect(screeningTrend?.points.map(({ total }) => total)).toEqual([16, 9]);
    expect(screeningTrend?.change?.meaning).toContain('reliable improvement');
    const need = { caseId: client.activeCase.id, category: 'FOOD_INSECURITY', source: 'SCREENING' };
    expect((await act(caseManager, 'recordNeed', need)).__typename).toBe('Need');
    await eventually(async () =>
      expect((await read()).nextSteps.map(({ what }) => what)).toEqual(['C_SSRS_SCREENER']),
    );
  });

  it('3: a high C-SSRS pages the chain, the supervisor acknowledges, and the case shows it', async () => {
    await screen('C-SSRS', { 1: 1, 2: 1, 3: 0, 4: 1 });
    const [crisis] = (await read()).openCrisisAlerts;
    expect(crisis).toMatchObject({ level: 1, state: 'OPEN' });
    const pagesOf = async (graph: GraphQLClient) => {
      const { edges } = await ask<Inbox>(graph, inbox, {});
      return edges.map(({ node }) => node).filter(({ subject }) => subject.id === crisis?.id);
    };
    await eventually(
      async () => expect(await pagesOf(caseManager)).toMatchObject([{ state: 'DELIVERED' }]),
      patient,
    );

    const emergent = {
      needId: client.activeCase.needs[0]?.id,
      serviceId: services.nights,
      priority: 'EMERGENT',
    };
    await eventually(async () =>
      expect((await act(caseManager, 'createReferral', emergent)).__typename).toBe('CrisisInstead'),
    );
    // Backup and clinician on call are not there: the supervisor is next.
    await system.clock.forward({ minutes: 5 });
    await eventually(async () => expect(await pagesOf(supervisor)).toHaveLength(1), patient);
    const [called] = await pagesOf(supervisor);
    await act(supervisor, 'acknowledgeNotification', { id: called?.id });
    await eventually(async () =>
      expect((await read()).openCrisisAlerts).toMatchObject([{ state: 'ACKNOWLEDGED' }]),
    );
  });

  it('4: the tier is CRISIS with its drivers, moves the case, and goes back when the danger is over', async () => {
    expect((await read()).risk).toMatchObject({ tier: 'CRISIS' });
    await eventually(async () => expect((await read()).activeCase.riskTier).toBe('CRISIS'));
    const step = async (name: string) => {
      const [crisis] = (await read()).openCrisisAlerts;
      const input = { id: crisis?.id, expectedVersion: crisis?.version };
      return act(caseManager, name, input, '... on CrisisAlert { id state version }');
    };
    await step('startCrisisResponse');
    expect(await step('stabiliseCrisis')).toMatchObject({ state: 'STABILISED' });
    const { nextSteps } = await read();
    expect(nextSteps.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['CRISIS_CONTACT_24H', 'CRISIS_CONTACT_72H', 'CRISIS_REVIEW', 'SAFETY_PLAN']),
    );
    await screen('C-SSRS', { 1: 0, 2: 0, 6: 0 });
    const { risk } = await read();
    expect(risk?.tier).toBe('HIGH');
    await eventually(async () => expect((await read()).activeCase.riskTier).toBe('HIGH'));
  });
});
