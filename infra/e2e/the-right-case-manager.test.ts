import { randomUUID } from 'node:crypto';
import { describeKafka, eventually, type GraphQLClient } from '@throughline/testing';
import { importDirectory } from './a-directory.ts';
import { prepareProgram } from './administrator.ts';
import { ask, type Outcome } from './ask.ts';
import { idOf, mutate, next, register, see, somebody, told } from './casework.ts';
import { startStorySystem, type StorySystem } from './story-system.ts';

const maria = idOf('maria');
const jonah = idOf('jonah');
const ines = idOf('ines');
/** A case manager with a tenth of the hours: two cases fill the caseload. */
const otis = randomUUID();

interface Suggestions {
  suggestions: {
    staff: { id: string };
    score: number;
    reasons: { code: string; points: number; explanation: string }[];
    pointsBefore: number;
    pointsAfter: number;
  }[];
  excluded: { staff: { id: string }; reason: string; remedy: string }[];
}

/** From the queue to the person who fits, and what a full caseload and a credential that ends do to it. */
describeKafka('the right case manager', () => {
  let system: StorySystem;
  let supervisor: GraphQLClient;
  let administrator: GraphQLClient;
  let intake: GraphQLClient;

  beforeAll(async () => {
    system = await startStorySystem();
    await importDirectory(system.databases);
    administrator = await system.as('ruth');
    await prepareProgram(administrator);
    supervisor = await system.as('ines');
    intake = await system.as('leila');
    await recordStaff(maria, { languages: ['en', 'es'], populations: ['HOMELESS'], gender: 'FEMALE' });
    await recordStaff(otis, {
      ...{ name: 'Otis Pellworth-Ray', roles: ['CASE_MANAGER'], supervisorId: ines, fte: 0.1 },
      timeZone: 'America/New_York',
    });
  });
  afterAll(() => system.close());

  async function recordStaff(id: string, fields: object): Promise<void> {
    const query = 'query ($id: ID!) { staffMember(id: $id) { version } }';
    const known = await ask<{ version: number } | null>(administrator, query, { id });
    const input = { id, ...fields, ...(known && { expectedVersion: known.version }) };
    const recorded = await mutate(administrator, 'recordStaff', input, '... on StaffMember { id version }');
    if (recorded.__typename !== 'StaffMember') throw new Error(recorded.message);
  }
  const day = (days: number) =>
    new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York' }).format(
      new Date(system.clock.now().getTime() + days * 86_400_000),
    );
  const suggestionsFor = (caseId: string) =>
    ask<Suggestions>(
      supervisor,
      `query ($caseId: ID!) { assignmentSuggestions(caseId: $caseId) {
        suggestions { staff { id } score reasons { code points explanation } pointsBefore pointsAfter }
        excluded { staff { id } reason remedy }
      } }`,
      { caseId },
    );
  const assign = (caseId: string, caseManagerId: string, more: object = {}) =>
    next(supervisor, 'assignCaseManager', caseId, { caseManagerId, ...more });
  const inQueue = async (more: object = {}) => (await register(intake, somebody(more))).activeCase.id;
  const memberOf = async (id: string) => {
    const { edges } = await ask<{ edges: { node: Record<string, unknown> & { id: string } }[] }>(
      supervisor,
      `{ team(first: 50) { edges { node {
        id openCases caseload { points limit band } credentialGate { isOpen reason }
      } } } }`,
    );
    return edges.find(({ node }) => node.id === id)?.node;
  };

  it('is suggested with reasons, needs and wishes of the person first; the assignment keeps them', async () => {
    const caseId = await inQueue({
      ...{ populations: ['HOMELESS'], preferredLanguage: 'es' },
      preferences: { counselorGender: 'FEMALE' },
    });
    const { suggestions } = await suggestionsFor(caseId);
    expect(suggestions.map(({ staff }) => staff.id)[0]).toBe(maria);
    const reasons = suggestions[0]?.reasons ?? [];
    expect(reasons.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['POPULATION', 'LANGUAGE', 'GENDER', 'ROOM']),
    );
    expect(reasons.find(({ code }) => code === 'GENDER')?.explanation).toMatch(/woman/);
    const assigned = await assign(caseId, maria, { reason: 'Speaks Spanish' });
    expect(assigned).toMatchObject({
      primaryCaseManager: { id: maria },
      assignments: [{ reason: 'Speaks Spanish', endedAt: null }],
    });
    expect(assigned.assignments[0]?.matchReasons).toEqual(expect.arrayContaining(['POPULATION', 'GENDER']));
    await told(await system.as('maria'), 'CASE_ASSIGNED');
    expect((await suggestionsFor(caseId)).excluded).toMatchObject([
      { staff: { id: maria }, reason: 'LEADS_ALREADY' },
    ]);
  });

  it('the wishes of a person reach the services, too, each with its reason', async () => {
    const { id } = await register(
      intake,
      somebody({
        ...{ preferredLanguage: 'en', county: 'Miami-Dade', dateOfBirth: '1985-05-05' },
        preferences: {
          ...{ counselorGender: 'FEMALE', modalities: ['GROUP'], maximumDistanceKm: 10 },
          cultural: 'A shelter where somebody cooks',
        },
      }),
    );
    const query = `query ($id: ID!) { client(id: $id) { serviceMatches(needCategory: HOMELESSNESS) {
      matches { service { name } unknowns unmet wishes { code verdict reason } } } } }`;
    interface Page {
      serviceMatches: {
        matches: { service: { name: string }; wishes: { code: string; reason: string }[] }[];
      };
    }
    const { serviceMatches } = await ask<Page>(intake, query, { id });
    const nights = serviceMatches.matches.find(({ service }) => service.name.includes('Adults'));
    expect(nights?.wishes).toMatchObject([
      { code: 'WITHIN_DISTANCE', verdict: 'UNKNOWN' },
      { code: 'OWN_LANGUAGE', verdict: 'UNMET' },
      { code: 'COUNSELOR_GENDER', verdict: 'UNKNOWN' },
      { code: 'CULTURE', verdict: 'MET' },
      { code: 'MODALITY', verdict: 'UNKNOWN' },
    ]);
    expect(nights?.wishes[2]?.reason).toBe('Prefers a woman as counselor: the entry does not say.');
    // Who does not work with the client gets no answer that depends on the record.
    expect(await ask(await system.as('jonah'), query, { id })).toBeNull();
  });

  it('has room: a caseload that would be full needs an approval that is kept, and its band is told once', async () => {
    const [first, second] = [await inQueue(), await inQueue()];
    await assign(first, otis);
    expect(await memberOf(otis)).toMatchObject({ caseload: { points: 2.25, limit: 4, band: 'OK' } });
    expect(await assign(second, otis)).toMatchObject({ __typename: 'CaseloadOver', pointsAfter: 4.5 });
    const approved = await assign(second, otis, { approveOver: 'Knows the family' });
    expect(approved.primaryCaseManager).toEqual({ id: otis });
    await told(supervisor, 'CASELOAD_OVER');
    expect(await memberOf(otis)).toMatchObject({ openCases: 2, caseload: { points: 4.5, band: 'OVER' } });
  });

  it('has a credential: when it is over it keeps the cases and takes no new one, and the supervisor has a task', async () => {
    const credential = await mutate<Outcome>(
      supervisor,
      'addCredential',
      {
        ...{ staffId: otis, typeCode: 'CADC', issuedOn: day(-700), expiresOn: day(2) },
        evidence: [{ kind: 'CERTIFICATE', reference: 'Personnel file, page 4' }],
      },
      '... on Credential { id version }',
    );
    const { id, version } = credential;
    const verified = await mutate<Outcome & { status?: string }>(
      administrator,
      'verifyCredential',
      { id, expectedVersion: version },
      '... on Credential { id version status }',
    );
    expect(verified.status).toBe('EXPIRING');
    expect(await memberOf(otis)).toMatchObject({ credentialGate: { isOpen: true, reason: 'QUALIFIED' } });

    await system.clock.forward({ days: 3 });
    await told(supervisor, 'CREDENTIAL_LAPSED');
    expect(await memberOf(otis)).toMatchObject({
      openCases: 2,
      credentialGate: { isOpen: false, reason: 'CREDENTIAL_EXPIRED' },
    });
    const caseId = await inQueue();
    expect(await assign(caseId, otis)).toMatchObject({
      __typename: 'CaseManagerBlocked',
      reason: 'CREDENTIAL_EXPIRED',
    });
    const { excluded } = await suggestionsFor(caseId);
    expect(excluded).toMatchObject([{ staff: { id: otis }, reason: 'CREDENTIAL_EXPIRED' }]);
    expect(excluded[0]?.remedy).toMatch(/\w/);
    const tasks = await ask<object[]>(
      supervisor,
      '{ reassignmentTasks { staff { id } reason openCases since } }',
    );
    expect(tasks).toEqual([
      { staff: { id: otis }, reason: 'CREDENTIAL_EXPIRED', openCases: 2, since: day(0) },
    ]);
  });

  it('takes over from another: all cases at once, as the preview says, however often it is asked', async () => {
    const preview = await ask<{ total: number; receivers: { staff: { id: string }; cases: number }[] }>(
      supervisor,
      `query ($from: ID!, $to: [ID!]!) { reassignmentPreview(fromStaffId: $from, to: $to) {
        total refused { code count } receivers { staff { id } cases gate pointsAfter bandAfter }
      } }`,
      { from: otis, to: [maria, jonah] },
    );
    expect(preview.total).toBe(2);
    const planned = new Map(preview.receivers.map(({ staff, cases }) => [staff.id, cases]));
    expect((planned.get(maria) ?? 0) + (planned.get(jonah) ?? 0)).toBe(2);

    const input = {
      ...{ fromStaffId: otis, to: [maria, jonah], reason: 'The credential is over' },
      idempotencyKey: 'from-otis',
    };
    const fields = '... on Reassignment { id total }';
    const begun = await mutate<Outcome & { total: number }>(supervisor, 'reassignCases', input, fields);
    expect(begun.total).toBe(2);
    expect((await mutate<Outcome>(supervisor, 'reassignCases', input, fields)).id).toBe(begun.id);
    const done = await eventually(async () => {
      const found = await ask<{
        isRunning: boolean;
        moved: number;
        moves: { edges: { node: { caseFile: { id: string }; to: { id: string }; state: string } }[] };
      }>(
        supervisor,
        `query ($id: ID!) { reassignment(id: $id) { isRunning moved
          moves(first: 10) { edges { node { caseFile { id } to { id } state } } } } }`,
        { id: begun.id },
      );
      if (found.isRunning) throw new Error('It is still under way');
      return found;
    });
    expect(done.moved).toBe(2);
    for (const { node } of done.moves.edges) {
      expect(node.state).toBe('MOVED');
      expect((await see(supervisor, node.caseFile.id)).primaryCaseManager).toEqual({ id: node.to.id });
    }
    expect(await memberOf(otis)).toMatchObject({ openCases: 0, caseload: { points: 0, band: 'OK' } });
    expect(await ask(supervisor, '{ reassignmentTasks { openCases } }')).toEqual([]);
  });
});
