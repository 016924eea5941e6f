import { demonstrationPeople } from '@throughline/sign-in';
import { describeKafka, eventually, type GraphQLClient } from '@throughline/testing';
import { importDirectory, services } from './a-directory.ts';
import { prepareProgram } from './administrator.ts';
import { ask, type Outcome } from './ask.ts';
import * as maria from './case-manager.ts';
import { myDay, type MyDay } from './my-day.ts';
import { statementsOfSystem } from './statements-of-system.ts';
import { startStorySystem, type StorySystem } from './story-system.ts';

const staffId = (key: string) => demonstrationPeople.find((person) => person.key === key)?.id ?? '';

const page = `query Page($id: ID!) { client(id: $id) {
  carePlan { id version status content { hash hasUnagreedChanges } versions { number clientAgreed declineReason }
    difference(from: 1) { kind what field } reviewOn }
  gaps { kind need { id } goal { id } }
  activeCase { id version needs { id category goals { id } } }
} }`;
interface Page {
  carePlan: {
    id: string;
    version: number;
    status: string;
    content: { hash: string; hasUnagreedChanges: boolean };
    versions: { number: number; clientAgreed: boolean; declineReason: string | null }[];
    difference: { kind: string; what: string; field: string | null }[] | null;
  };
  gaps: { kind: string; need: { id: string } | null; goal: { id: string } | null }[];
  activeCase: {
    id: string;
    version: number;
    needs: { id: string; category: string; goals: { id: string }[] | null }[];
  };
}
const news = `query News($id: ID!) { client(id: $id) { sinceYouLastLooked { lookedAt total position
  groups { kind count latest { actor { staff { id } } } } } } }`;
interface News {
  sinceYouLastLooked: {
    lookedAt: string | null;
    total: number;
    position: string;
    groups: { kind: string; count: number; latest: { actor: { staff: { id: string } | null } }[] }[];
  } | null;
}
const answerOf: Record<string, string> = {
  ...{ activateCarePlan: 'CarePlan', recordPlanAgreement: 'CarePlan', openCarePlan: 'CarePlan' },
  ...{ addGoal: 'Goal', activateGoal: 'Goal', reviseGoal: 'Goal', addMilestone: 'Milestone' },
  ...{ giveAdvice: 'Advice', answerAdvice: 'Advice', recordTeachBack: 'Advice' },
  ...{
    openAdvocacy: 'AdvocacyAction',
    resolveAdvocacy: 'AdvocacyAction',
    recordGuidance: 'GuidanceActivity',
  },
};

describeKafka('plan, work and the day', () => {
  let system: StorySystem;
  let caseManager: GraphQLClient;
  let supervisor: GraphQLClient;
  let client: maria.Registered;

  beforeAll(async () => {
    system = await startStorySystem();
    // What is due within an hour must be due today, at whatever time of the night the test runs.
    await system.clock.forwardTo(10, 'America/New_York');
    await importDirectory(system.databases);
    await prepareProgram(await system.as('ruth'));
    caseManager = await system.as('maria');
    supervisor = await system.as('ines');
    client = await maria.registerClient(caseManager);
  }, 240_000);
  afterAll(() => system.close());

  const read = () => ask<Page>(caseManager, page, { id: client.id });
  const act = (graph: GraphQLClient, name: string, input: object) =>
    ask<Outcome & Record<string, unknown>>(
      graph,
      `mutation Act($input: ${name.replace(/^./, (letter) => letter.toUpperCase())}Input!) { ${name}(input: $input) {
        __typename ${answerOf[name] ? `... on ${answerOf[name]} { id ${answerOf[name] === 'GuidanceActivity' ? '' : 'version'} }` : ''}
        ... on Problem { message } } }`,
      { input },
    );
  const goal = {
    ...{ domain: 'HOME', statementInClientWords: 'A door that I can lock', dueOn: '2099-06-01' },
    measure: { metric: 'nights in own bed', baseline: 0, target: 7, unit: 'nights a week' },
  };

  it('6: the client agrees to exactly what the plan says, in versions, and what hangs loose is listed', async () => {
    const [need] = client.activeCase.needs;
    const plan = await act(caseManager, 'openCarePlan', { clientId: client.id });
    const added = await act(caseManager, 'addGoal', { carePlanId: plan.id, needId: need?.id, ...goal });
    await act(caseManager, 'activateGoal', { id: added.id, expectedVersion: added.version });
    const shown = (await read()).carePlan;
    const answer = { id: plan.id, expectedVersion: shown.version, clientAgreed: true };
    // Somebody adds a step while the client reads: the answer was to another text.
    await act(supervisor, 'addMilestone', {
      goalId: added.id,
      title: 'Choose a landlord',
      dueOn: '2099-03-01',
    });
    const old = { ...answer, contentHash: shown.content.hash };
    expect((await act(caseManager, 'activateCarePlan', old)).__typename).toBe('CarePlanChanged');
    const now = (await read()).carePlan;
    const agreed = { ...answer, expectedVersion: now.version, contentHash: now.content.hash };
    expect((await act(caseManager, 'activateCarePlan', agreed)).__typename).toBe('CarePlan');

    // Two people edit: the second one reads again first.
    const [first, second] = await Promise.all([
      act(caseManager, 'reviseGoal', { id: added.id, expectedVersion: 2, dueOn: '2099-05-01' }),
      act(supervisor, 'reviseGoal', { id: added.id, expectedVersion: 2, dueOn: '2099-04-01' }),
    ]);
    expect([first.__typename, second.__typename].sort()).toEqual(['Goal', 'StaleVersion']);
    const changed = (await read()).carePlan;
    expect(changed).toMatchObject({ status: 'ACTIVE', content: { hasUnagreedChanges: true } });
    const refused = {
      ...{ id: plan.id, expectedVersion: changed.version, contentHash: changed.content.hash },
      ...{ clientAgreed: false, declineReason: 'Too soon' },
    };
    expect((await act(caseManager, 'recordPlanAgreement', refused)).__typename).toBe('CarePlan');
    expect((await read()).carePlan).toMatchObject({
      versions: [{ clientAgreed: true }, { clientAgreed: false, declineReason: 'Too soon' }],
      difference: [{ kind: 'CHANGED', what: 'GOAL', field: 'dueOn' }],
    });
    const { gaps, activeCase } = await read();
    const [tied, loose] = activeCase.needs;
    expect(tied?.goals).toEqual([{ id: added.id }]);
    expect(gaps).toContainEqual(
      expect.objectContaining({ kind: 'NEED_WITHOUT_GOAL', need: { id: loose?.id } }),
    );

    const referral = await maria.createReferral(caseManager, {
      needId: need?.id,
      serviceId: services.nights,
    });
    const byGoal = 'query Goal($id: ID!) { goal(id: $id) { referrals { id } } }';
    expect(await ask(caseManager, byGoal, { id: added.id })).toEqual({ referrals: [{ id: referral.id }] });
  });

  it('7: a question goes to a clinician of the team, who answers; advocacy has a result, which is appealed', async () => {
    const { activeCase } = await read();
    const joining = { caseId: activeCase.id, staffId: staffId('noor'), role: 'SECONDARY' };
    const joined = await act(supervisor, 'assignToCase', { ...joining, expectedVersion: activeCase.version });
    expect(joined.message).toBeUndefined();
    const clinician = await system.as('noor');
    const question = { clientId: client.id, topic: 'MEDICATION', situation: 'Stops on weekends' };
    const asked = await eventually(async () => {
      const given = await act(caseManager, 'giveAdvice', { ...question, clinicianId: staffId('noor') });
      expect(given.__typename).toBe('Advice');
      return given;
    });
    const day = async () => (await ask<MyDay['me']>(clinician, myDay, {})).dueToday?.edges ?? [];
    expect((await day()).map(({ node }) => node.kind)).toContain('ADVICE_QUESTION');
    const said = { id: asked.id, expectedVersion: asked.version };
    expect(
      (await act(caseManager, 'recordTeachBack', { ...said, teachBack: 'x', understood: true })).__typename,
    ).toBe('InvalidTransition');
    const answered = await act(clinician, 'answerAdvice', {
      ...said,
      answer: 'Every day; never two at once.',
    });
    const back = { id: asked.id, teachBack: 'Every day, never two', understood: true };
    const told = await act(caseManager, 'recordTeachBack', { ...back, expectedVersion: answered.version });
    expect(told.__typename).toBe('Advice');

    const appeal = {
      clientId: client.id,
      kind: 'BENEFIT_APPEAL',
      counterparty: 'Benefits office',
      ask: 'Pay back',
    };
    const opened = await act(caseManager, 'openAdvocacy', appeal);
    const result = {
      id: opened.id,
      expectedVersion: opened.version,
      status: 'REFUSED',
      result: 'Too late, they say',
    };
    expect((await act(caseManager, 'resolveAdvocacy', result)).__typename).toBe('AdvocacyAction');
    expect((await act(caseManager, 'openAdvocacy', { ...appeal, appealOfId: opened.id })).__typename).toBe(
      'AdvocacyAction',
    );
    const help = { clientId: client.id, kind: 'FORMS', what: 'The form', minutes: 30, result: 'Sent' };
    expect((await act(caseManager, 'recordGuidance', help)).__typename).toBe('GuidanceActivity');
  });

  it('9: everything appears once, in order; what is new since the last look is grouped, for each person alone', async () => {
    const entries = `query Timeline($id: ID!, $filter: TimelineFilter) { client(id: $id) {
      timeline(first: 100, filter: $filter) { edges { node { id kind occurredAt visibleBecause labels } } } } }`;
    interface Entry {
      node: { id: string; kind: string; occurredAt: string; visibleBecause: string[]; labels: string[] };
    }
    const timeline = async (filter: object = {}) =>
      (
        await ask<{ timeline: { edges: Entry[] } }>(caseManager, entries, { id: client.id, filter })
      ).timeline.edges.map(({ node }) => node);
    const acts = [
      ...[
        'CarePlanOpened',
        'GoalProposed',
        'GoalActivated',
        'MilestoneAdded',
        'CarePlanActivated',
        'GoalRevised',
        'CarePlanAgreed',
      ],
      ...['ReferralCreated', 'CaseRoleAssigned', 'AdviceQuestioned', 'AdviceAnswered', 'AdviceFollowedUp'],
      ...['AdvocacyOpened', 'AdvocacyResolved', 'AdvocacyOpened', 'GuidanceGiven'],
    ];
    await eventually(async () =>
      expect((await timeline({ kinds: acts })).map(({ kind }) => kind)).toEqual(acts),
    );
    const all = await timeline();
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(all.map(({ occurredAt }) => occurredAt)).toEqual(all.map(({ occurredAt }) => occurredAt).sort());
    expect(all.every(({ visibleBecause }) => visibleBecause.includes('OWN_CASELOAD'))).toBe(true);
    const health = await timeline({ labels: ['HEALTH'] });
    expect(health.map(({ kind }) => kind)).toContain('AdviceQuestioned');
    expect(health.map(({ kind }) => kind)).not.toContain('ClientRegistered');

    const since = async (graph: GraphQLClient) =>
      (await ask<News>(graph, news, { id: client.id })).sinceYouLastLooked;
    const before = await since(supervisor);
    expect(before?.groups.map(({ kind }) => kind)).toContain('AdvocacyOpened');
    const look = { clientId: client.id, position: before?.position };
    const recorded = 'mutation Look($input: RecordLookInput!) { recordLook(input: $input) { __typename } }';
    expect(await ask(supervisor, recorded, { input: look })).toEqual({ __typename: 'Look' });
    expect((await since(supervisor))?.total).toBe(0);
    expect((await since(caseManager))?.lookedAt).toBeNull();
    await act(caseManager, 'recordGuidance', {
      ...{ clientId: client.id, kind: 'COACHING', what: 'Talk', minutes: 10, result: 'Well' },
    });
    await eventually(async () =>
      expect((await since(supervisor))?.groups).toEqual([
        { kind: 'GuidanceGiven', count: 1, latest: [{ actor: { staff: { id: staffId('maria') } } }] },
      ]),
    );
    expect(
      (await ask<News | null>(await system.as('leila'), news, { id: client.id }))?.sinceYouLastLooked ?? null,
    ).toBeNull();
  });

  it('my day is one query with at most 12 statements in all subgraphs, for 5 clients as for 60', async () => {
    const answers = Array.from({ length: 9 }, (_, item) => ({ item: item + 1, value: item === 8 ? 1 : 0 }));
    const more = async (count: number) => {
      for (let n = 0; n < count; n++) {
        const { id } = await maria.registerClient(caseManager);
        await act(caseManager, 'recordScreening', { clientId: id, instrument: 'PHQ-9', answers });
      }
    };
    const contact = { caseId: client.activeCase.id, channel: 'CALL', purpose: 'CHECK_IN' };
    const dueAt = new Date(system.clock.now().getTime() + 3_600_000).toISOString();
    // The case hears of the tier of its client meanwhile.
    await eventually(async () => {
      const { version: expectedVersion } = (await read()).activeCase;
      const planned = await act(caseManager, 'planNextContact', { ...contact, dueAt, expectedVersion });
      expect(planned.__typename).toBe('CaseFile');
    });
    const crisis = { clientId: client.id, level: 1, cause: 'OTHER', note: 'Says goodbye to all' };
    expect((await act(caseManager, 'openCrisis', crisis)).__typename).toBe('CrisisAlert');
    const load = async (count: number) => {
      let day: MyDay | undefined;
      const statements = await statementsOfSystem(async () => {
        const { data, errors } = await caseManager<MyDay>(myDay, {});
        expect(errors).toEqual([]);
        day = data ?? undefined;
      });
      // The crisis makes the review of the plan due today.
      expect(day?.me.dueToday?.edges).toHaveLength(count + 3);
      expect(day?.me.dueToday?.edges.at(-1)?.node).toMatchObject({ kind: 'PLAN_REVIEW', urgency: 'TODAY' });
      // The contact of the case stands in the same order, and the clients service shows the case.
      expect(day?.me.dueToday?.edges.at(-2)?.node).toMatchObject({
        ...{
          kind: 'CONTACT',
          urgency: 'TODAY',
          subject: { id: client.activeCase.id, nextContactDueAt: dueAt },
        },
      });
      expect(day?.me.dueToday?.edges[0]?.node).toMatchObject({ urgency: 'IMMINENT', mustAcknowledge: true });
      return statements;
    };
    // The services hear of these acts meanwhile, and read for them.
    const quiet = (count: number) =>
      eventually(async () => {
        const { length } = await load(count);
        expect(length).toBeGreaterThan(3);
        expect(length).toBeLessThanOrEqual(12);
        return length;
      });
    await more(4);
    const few = await quiet(4);
    await more(55);
    await eventually(async () => expect((await load(59)).length).toBeLessThanOrEqual(few));
  });

  const openCrisis =
    'mutation Open($input: OpenCrisisInput!) { openCrisis(input: $input) { __typename ... on CrisisAlert { id } } }';

  it('a crisis that cannot be opened says so; whom to call still answers; the same key opens it later, once', async () => {
    const { id: clientId } = await maria.registerClient(caseManager);
    const input = {
      clientId,
      level: 2,
      cause: 'PSYCHOSIS',
      note: 'Voices',
      idempotencyKey: `tonight-${clientId}`,
    };
    await system.services.treatment.stop();
    const refused = await caseManager(openCrisis, { input });
    expect(refused.errors).toMatchObject([
      { extensions: { code: 'SUBGRAPH_UNAVAILABLE', serviceName: 'treatment' } },
    ]);
    const whom = await caseManager('{ callLines { id } onCall { __typename } }', {});
    expect(whom.errors).toEqual([]);

    await system.services.treatment.start();
    const [first, second] = [
      await ask<Outcome>(caseManager, openCrisis, { input }),
      await ask<Outcome>(caseManager, openCrisis, { input }),
    ];
    expect(first.__typename).toBe('CrisisAlert');
    expect(second.id).toBe(first.id);
  });

  it('a level 1 that notifications does not hear of stands in the day of the supervisor, and is paged to all later', async () => {
    const { id: clientId } = await maria.registerClient(caseManager);
    await system.services.notifications.stop();
    const input = { clientId, level: 1, cause: 'OTHER', note: 'Did not go home' };
    const { id } = await eventually(async () => {
      const opened = await ask<Outcome>(caseManager, openCrisis, { input });
      expect(opened.__typename).toBe('CrisisAlert');
      return opened;
    });
    await system.clock.forward({ minutes: 60 });
    const late = `{ me { dueToday(first: 100) { edges { node { urgency isOverdue mustAcknowledge subject { ... on CrisisAlert { id } } } } } } }`;
    interface Late {
      dueToday: { edges: { node: { urgency: string; isOverdue: boolean; subject: { id?: string } } }[] };
    }
    const { edges } = (await ask<Late>(supervisor, late, {})).dueToday;
    expect(edges.map(({ node }) => node)).toContainEqual({
      ...{ urgency: 'IMMINENT', isOverdue: true, mustAcknowledge: true, subject: { id } },
    });

    await system.services.notifications.start();
    const pages =
      '{ myNotifications(codes: [CRISIS_L1], first: 50) { edges { node { subject { ... on CrisisAlert { id } } } } } }';
    interface Pages {
      edges: { node: { subject: { id?: string } | null } }[];
    }
    for (const graph of [caseManager, supervisor])
      await eventually(async () => {
        const paged = (await ask<Pages>(graph, pages, {})).edges.map(({ node }) => node.subject?.id);
        expect(paged).toContain(id);
      });
  });
});
