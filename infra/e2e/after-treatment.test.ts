import { describeKafka, eventually, type GraphQLClient } from '@throughline/testing';
import { importDirectory } from './a-directory.ts';
import { prepareProgram } from './administrator.ts';
import { ask, type Outcome } from './ask.ts';
import * as maria from './case-manager.ts';
import { startStorySystem, type StorySystem } from './story-system.ts';

interface Seen extends Outcome {
  obligations?: { kind: string; status: string }[];
}
interface FollowUp {
  kind: string;
  status: string;
  label: string;
  excludedFor: string | null;
  enteredLate: boolean;
  satisfiedBy: { type: string; id: string }[];
}

const followUpsQuery = `query ($id: ID!) {
  client(id: $id) {
    followUpObligations { kind status label excludedFor enteredLate satisfiedBy { type id } }
  }
}`;
const contactsQuery = 'query ($id: ID!) { client(id: $id) { aftercareContacts { step status } } }';
const decisionQuery = 'query ($id: ID!) { client(id: $id) { lostContactDecisions { id } } }';
interface Told {
  edges: { node: { code: string; client: { id: string } | null } }[];
}
const toldQuery = `{ myNotifications(first: 50) { edges { node { code client { id } } } } }`;

describeKafka('after treatment', () => {
  let system: StorySystem;
  let caseManager: GraphQLClient;
  let supervisor: GraphQLClient;

  beforeAll(async () => {
    system = await startStorySystem();
    await importDirectory(system.databases);
    await prepareProgram(await system.as('ruth'));
    caseManager = await system.as('maria');
    supervisor = await system.as('ines');
  }, 240_000);
  afterAll(() => system.close());

  const act = (name: string, input: object, fields: string, by = caseManager): Promise<Seen> =>
    ask(
      by,
      `mutation ($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) {
        ${name}(input: $input) { __typename ${fields} ... on Problem { message } }
      }`,
      { input },
    );
  const stay = '... on Stay { id version obligations { kind status } }';
  const hospital = { setting: 'PSYCH_HOSPITAL', reasons: ['MENTAL_HEALTH'], planned: false };
  const how = { dischargeType: 'OTHER', endReason: 'CLIENT_DECISION' };
  const daysAgo = (days: number) => new Date(system.clock.now().getTime() - days * 86_400_000).toISOString();
  const followUps = async (id: string) =>
    (await ask<{ followUpObligations: FollowUp[] }>(caseManager, followUpsQuery, { id })).followUpObligations;

  async function activeCase(id: string): Promise<string> {
    const query = 'query ($id: ID!) { client(id: $id) { activeCase { id } } }';
    return (await ask<{ activeCase: { id: string } }>(caseManager, query, { id })).activeCase.id;
  }
  /** A call now, or an attempt. */
  async function log(caseId: string, reached: boolean): Promise<void> {
    const call = { caseId, at: daysAgo(0), channel: 'CALL', reached, purpose: 'CHECK_IN' };
    const logged = await act('logContact', call, '... on ContactEntry { id }');
    expect(logged.__typename).toBe('ContactEntry');
  }
  async function contactIs(id: string, step: string, status: string): Promise<void> {
    await eventually(async () => {
      const { aftercareContacts } = await ask<{ aftercareContacts: { step: string }[] }>(
        caseManager,
        contactsQuery,
        { id },
      );
      expect(aftercareContacts.find((one) => one.step === step)).toMatchObject({ status });
    });
  }
  async function isTold(person: GraphQLClient, clientId: string, code: string): Promise<void> {
    await eventually(async () => {
      const { edges } = await ask<Told>(person, toldQuery);
      const about = edges.filter(({ node }) => node.client?.id === clientId);
      expect(about.map(({ node }) => node.code)).toContain(code);
    });
  }

  async function admitted() {
    const { id: clientId } = await maria.registerClient(caseManager);
    const episode = { clientId, kind: 'MH' };
    // The treatment service hears of the client a moment later.
    const episodeId = await eventually(async () => {
      const started = await act('startEpisode', episode, '... on Episode { id }');
      if (started.__typename !== 'Episode') throw new Error(started.message ?? started.__typename);
      return started.id;
    });
    const input = { episodeId, ...hospital, expectedVersion: 1, at: daysAgo(30) };
    const admission = await act('admitStay', input, stay);
    if (admission.__typename !== 'Stay') throw new Error(admission.message ?? admission.__typename);
    return { clientId, episodeId, stayId: admission.id };
  }

  it('a discharge asks for a follow-up; a visit meets it, and nobody has to say so', async () => {
    const { clientId, stayId } = await admitted();
    const left = await act('dischargeStay', { id: stayId, expectedVersion: 1, ...how }, stay);
    expect(left.obligations).toEqual([
      { kind: 'FUH_7', status: 'OPEN' },
      { kind: 'FUH_30', status: 'OPEN' },
    ]);
    await system.clock.forward({ days: 2 });
    const visit = { clientId, setting: 'OUTPATIENT_CLINIC', reasons: ['MENTAL_HEALTH'], at: daysAgo(0) };
    const { id } = await act('recordVisit', visit, '... on Visit { id }');
    const label = 'FUH-aligned indicator (not an NCQA-certified HEDIS rate)';
    const met = { status: 'MET', label, satisfiedBy: [{ type: 'VISIT', id }] };
    expect(await followUps(clientId)).toMatchObject([met, met]);
  });

  it('a follow-up that nobody makes is told to case manager and supervisor, also after a stop of the service', async () => {
    const { clientId, stayId } = await admitted();
    await act('dischargeStay', { id: stayId, expectedVersion: 1, ...how }, stay);
    await system.services.treatment.stop();
    await system.clock.forward({ days: 9 });
    await system.services.treatment.start();
    await eventually(async () =>
      expect(await followUps(clientId)).toMatchObject([{ status: 'MISSED' }, { status: 'OPEN' }]),
    );
    for (const person of [caseManager, supervisor])
      await eventually(async () => {
        const { edges } = await ask<{ edges: { node: { code: string; client: { id: string } | null } }[] }>(
          person,
          toldQuery,
        );
        const about = edges.filter(({ node }) => node.client?.id === clientId);
        expect(about.filter(({ node }) => node.code === 'FOLLOW_UP_MISSED')).toHaveLength(1);
      });
  });

  it('a discharge that is entered late says so, and a return takes both out of the count', async () => {
    const { clientId, episodeId, stayId } = await admitted();
    const late = { id: stayId, expectedVersion: 1, ...how, at: daysAgo(21) };
    await act('dischargeStay', late, stay);
    expect(await followUps(clientId)).toMatchObject([
      { kind: 'FUH_7', status: 'MISSED', enteredLate: true },
      { kind: 'FUH_30', status: 'OPEN', enteredLate: false },
    ]);
    const back = { episodeId, ...hospital, expectedVersion: 2, at: daysAgo(18) };
    await expect(act('admitStay', back, stay)).resolves.toMatchObject({ __typename: 'Stay' });
    const excluded = { status: 'EXCLUDED', excludedFor: 'READMITTED' };
    expect(await followUps(clientId)).toMatchObject([excluded, excluded]);
  });

  it('for ninety days after a discharge nobody is lost in silence', async () => {
    const { clientId, episodeId, stayId } = await admitted();
    const caseId = await activeCase(clientId);
    await act('dischargeStay', { id: stayId, expectedVersion: 1, ...how }, stay);
    await isTold(caseManager, clientId, 'TRANSITION_APPT_MISSING');
    await log(caseId, true);
    await contactIs(clientId, 'HOURS_24', 'MET');
    await system.clock.forward({ days: 3 });
    await contactIs(clientId, 'HOURS_72', 'MISSED');
    await isTold(supervisor, clientId, 'AFTERCARE_CONTACT_MISSED');

    for (let attempt = 1; attempt <= 3; attempt += 1) await log(caseId, false);
    await isTold(caseManager, clientId, 'LOST_CONTACT');
    const { lostContactDecisions } = await ask<{ lostContactDecisions: { id: string }[] }>(
      caseManager,
      decisionQuery,
      { id: clientId },
    );
    const id = lostContactDecisions[0]?.id;
    const tried = ['WELFARE_CHECK', 'LETTER', 'SUPPORTER_WITH_CONSENT'].map((way) => {
      return { way, done: way !== 'SUPPORTER_WITH_CONSENT', note: 'No answer' };
    });
    const lost = { id, expectedVersion: 1, isLost: true, reason: 'Nobody opens', tried };
    const decision = '... on LostContactDecision { id version status }';
    await act('decideLostContact', lost, decision);
    await isTold(supervisor, clientId, 'LOST_CONTACT_REVIEW');
    const agree = { id, expectedVersion: 2, agrees: true };
    expect(await act('reviewLostContact', agree, decision, supervisor)).toMatchObject({ version: 3 });
    await contactIs(clientId, 'DAYS_30', 'STOPPED');

    await system.clock.forward({ days: 10 });
    await log(caseId, true);
    await contactIs(clientId, 'DAYS_14', 'MET');
    const board = await ask<{ edges: { node: { client: { id: string }; missing: string[] } }[] }>(
      supervisor,
      '{ dischargeBoard(first: 50) { edges { node { client { id } missing } } } }',
    );
    const row = board.edges.find(({ node }) => node.client.id === clientId);
    expect(row?.node.missing).toContain('NO_PLAN');

    await system.clock.forward({ days: 77 });
    await contactIs(clientId, 'DAYS_60', 'MISSED');
    let version = 2;
    for (const phase of ['ACTIVE', 'CONTINUING_CARE'])
      await act(
        'changeEpisodePhase',
        { id: episodeId, expectedVersion: version++, phase },
        '... on Episode { id }',
      );
    const words = { clientWords: 'I am well', satisfaction: 4 };
    const ended = await act(
      'endSupport',
      { episodeId, expectedVersion: version, ...words },
      '... on SupportEnd { id }',
    );
    expect(ended).toMatchObject({ __typename: 'SupportEnd' });
    await contactIs(clientId, 'AFTER_SUPPORT_90', 'PENDING');
  });
});
