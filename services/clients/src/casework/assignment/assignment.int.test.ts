import type { Viewer } from '@throughline/graphql';
import { eventually, statementsOf } from '@throughline/testing';
import { aClient, aViewer, hire, testService, type TestService } from '../../test-service.ts';

let service: TestService;
let people: Awaited<ReturnType<typeof hire>>;
const cleo = aViewer(['CLINICIAN']);
const pia = aViewer(['PEER_SPECIALIST']);
beforeAll(async () => {
  service = await testService();
  people = await hire(service.ask);
  for (const { id, roles } of [cleo, pia]) await record({ id, name: 'Somebody', roles });
});
afterAll(() => service.close());

type Answer = Record<string, unknown> & { __typename: string };

async function change(viewer: Viewer, name: string, input: object, fields = ''): Promise<Answer> {
  const type = `${name[0]?.toUpperCase() ?? ''}${name.slice(1)}Input`;
  const document = `mutation ($input: ${type}!) { it: ${name}(input: $input) { __typename
    ... on Problem { message } ... on InvalidInput { issues { path code } } ${fields} } }`;
  const { data, errors } = await service.ask<{ it: Answer } | null>(viewer, document, { input });
  if (!data) throw new Error(JSON.stringify(errors));
  return data.it;
}

const record = (input: object) => change(people.admin, 'recordStaff', input);
const fields = `... on CaseFile { version assignments { id role endedAt endReason reason matchScore matchReasons
  overReason overApprovedBy { id } needsApproval caseManager { id } } primaryCaseManager { id } }
`;
const refusals =
  '... on CaseloadOver { pointsBefore pointsAfter limit } ... on CaseManagerBlocked { reason remedy }';
const assign = (caseId: string, caseManagerId: string, more: object = {}) =>
  change(
    people.supervisor,
    'assignCaseManager',
    { caseId, caseManagerId, expectedVersion: 1, ...more },
    fields + refusals,
  );

async function aManager(more: object = {}): Promise<Viewer> {
  const viewer = aViewer(['CASE_MANAGER']);
  const { id, roles } = viewer;
  await record({ id, name: 'Lena', roles, supervisorId: people.supervisor.id, ...more });
  return viewer;
}

/** Whether the viewer reads the name of the client. */
async function reads(viewer: Viewer, id: string): Promise<boolean> {
  const query = 'query ($id: ID!) { client(id: $id) { name { legal } } }';
  const { data } = await service.ask<{ client: { name: object | null } | null }>(viewer, query, { id });
  return (data.client?.name ?? null) !== null;
}

/** The clients in the caseload of a viewer, with the roles that put them there. */
async function caseloadOf(viewer: Viewer, roles: string[] | null = null): Promise<[string, string[]][]> {
  const query = `query ($roles: [CaseloadRole!]) { myCaseload(roles: $roles, first: 50) {
    edges { node { ownRoles client { id } } } } }`;
  const { data } = await service.ask<{
    myCaseload: { edges: { node: { ownRoles: string[]; client: { id: string } } }[] };
  }>(viewer, query, { roles });
  return data.myCaseload.edges.map(({ node }) => [node.client.id, node.ownRoles]);
}

describe('a role on a case', () => {
  it('lets a clinician and a peer reach the client, and its end shuts them out', async () => {
    const { id, activeCase } = await aClient(service.ask, people.maria);
    expect([await reads(cleo, id), await reads(pia, id)]).toEqual([false, false]);
    let expectedVersion = 1;
    for (const [staffId, role] of [
      [cleo.id, 'SECONDARY'],
      [pia.id, 'PEER'],
    ] as const) {
      const input = { caseId: activeCase.id, staffId, role, reason: 'Knows the way', expectedVersion };
      const answer = await change(people.maria, 'assignToCase', input, fields);
      expect(answer).toMatchObject({ __typename: 'CaseFile', version: ++expectedVersion });
    }
    expect([await reads(cleo, id), await reads(pia, id)]).toEqual([true, true]);
    expect(await caseloadOf(cleo)).toEqual([[id, ['SECONDARY']]]);
    expect(await caseloadOf(pia)).toEqual([[id, ['PEER']]]);
    expect(await caseloadOf(pia, ['SECONDARY', 'PRIMARY'])).toEqual([]);

    const { data } = await service.ask<{ caseFile: { assignments: { id: string; role: string }[] } }>(
      people.maria,
      'query ($id: ID!) { caseFile(id: $id) { assignments { id role } } }',
      { id: activeCase.id },
    );
    const peer = data.caseFile.assignments.find(({ role }) => role === 'PEER');
    const end = { assignmentId: peer?.id, reason: 'Moved away', expectedVersion };
    expect(await change(people.maria, 'endAssignment', end, fields)).toMatchObject({ version: 4 });
    expect([await reads(cleo, id), await reads(pia, id)]).toEqual([true, false]);
    expect(await caseloadOf(pia)).toEqual([]);
    expect((await service.recorded(id)).slice(-3)).toEqual([
      ...['CaseRoleAssigned', 'CaseRoleAssigned', 'CaseRoleEnded'],
    ]);
  });

  it('has reasons in words that a privacy officer does not read, nor why somebody fitted', async () => {
    const { activeCase } = await aClient(service.ask, people.maria);
    const reason = 'Hides from her brother';
    const input = { caseId: activeCase.id, staffId: cleo.id, role: 'SECONDARY', reason, expectedVersion: 1 };
    await change(people.maria, 'assignToCase', input);
    await service.db.query(
      `update assignment set end_reason = $2, over_reason = $2, over_approved_by = $3, match_score = 5,
         match_reasons = '{CULTURE}', ended_at = now(), ended_by = $3
       where case_id = $1 and role = 'SECONDARY'`,
      [activeCase.id, reason, people.supervisor.id],
    );
    const query = `query ($id: ID!) { caseFile(id: $id) { assignments {
      role reason endReason overReason matchScore matchReasons } } }`;
    const read = async (viewer: Viewer) => {
      const answer = await service.ask<{ caseFile: { assignments: { role: string }[] } }>(viewer, query, {
        id: activeCase.id,
      });
      return answer.data.caseFile.assignments.find(({ role }) => role === 'SECONDARY');
    };
    const texts = { endReason: reason, overReason: reason };
    const all = { role: 'SECONDARY', reason, ...texts, matchScore: 5, matchReasons: ['CULTURE'] };
    expect(await read(people.maria)).toEqual(all);
    const none = Object.fromEntries(Object.keys(all).map((field) => [field, null]));
    expect(await read(people.privacy)).toEqual({ ...none, role: 'SECONDARY' });
  });

  it('needs the right role, and an active person', async () => {
    const { activeCase } = await aClient(service.ask, people.maria);
    const input = { caseId: activeCase.id, expectedVersion: 1 };
    const refused = async (staffId: string, role: string) =>
      change(people.maria, 'assignToCase', { ...input, staffId, role });
    expect(await refused(cleo.id, 'PEER')).toMatchObject({ issues: [{ code: 'ROLE_MISSING' }] });
    expect(await refused(aViewer([]).id, 'PEER')).toMatchObject({ issues: [{ code: 'UNKNOWN' }] });
    expect(
      await change(people.jonah, 'assignToCase', { ...input, staffId: pia.id, role: 'PEER' }),
    ).toMatchObject({
      __typename: 'NotFound',
    });
  });

  it('as primary one ends with the case in the queue, by a supervisor only', async () => {
    const { id, activeCase } = await aClient(service.ask, people.maria);
    const query = 'query ($id: ID!) { caseFile(id: $id) { assignments { id } } }';
    const { data } = await service.ask<{ caseFile: { assignments: { id: string }[] } }>(people.maria, query, {
      id: activeCase.id,
    });
    const end = { assignmentId: data.caseFile.assignments[0]?.id, reason: 'Leaves', expectedVersion: 1 };
    expect((await change(people.maria, 'endAssignment', end)).__typename).toBe('InvalidTransition');
    const ended = await change(people.supervisor, 'endAssignment', end, fields);
    expect(ended).toMatchObject({ primaryCaseManager: null, assignments: [{ endReason: 'Leaves' }] });
    expect(await reads(people.maria, id)).toBe(false);
    expect(
      (await change(people.supervisor, 'endAssignment', { ...end, expectedVersion: 2 })).__typename,
    ).toBe('InvalidTransition');
  });
});

describe('a leave', () => {
  it('that began yesterday lets the cover reach the clients, until it is taken back', async () => {
    const away = await aManager();
    const { id } = await aClient(service.ask, away);
    const yesterday = dayAt(-1);
    const input = { staffId: away.id, startsOn: yesterday, endsOn: dayAt(5), coverId: people.jonah.id };
    expect(await reads(people.jonah, id)).toBe(false);
    const leave = await change(away, 'recordLeave', input, '... on StaffLeave { id version startsOn }');
    expect(leave).toMatchObject({ __typename: 'StaffLeave', startsOn: yesterday });
    expect(await reads(people.jonah, id)).toBe(true);
    expect(await caseloadOf(people.jonah)).toEqual([[id, ['COVER']]]);
    await eventually(() => {
      const told = service.sent.findLast(({ key, type }) => key === away.id && type === 'StaffRecorded');
      expect(told?.data).toMatchObject({ away: true, coverId: people.jonah.id });
    });
    expect((await change(people.jonah, 'cancelLeave', { id: leave.id, expectedVersion: 1 })).__typename).toBe(
      'NotFound',
    );
    await change(away, 'cancelLeave', { id: leave.id, expectedVersion: 1 });
    expect(await reads(people.jonah, id)).toBe(false);
  });
});

const dayAt = (days: number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York' }).format(
    service.clock.now.getTime() + days * 24 * 60 * 60 * 1000,
  );

describe('a full caseload', () => {
  it('takes another case only when a supervisor approves it, and records who and why', async () => {
    const lena = await aManager({ fte: 0.1 });
    const first = await aClient(service.ask, people.maria);
    expect((await assign(first.activeCase.id, lena.id)).__typename).toBe('CaseFile');
    const second = await aClient(service.ask, people.maria);
    expect(await assign(second.activeCase.id, lena.id)).toMatchObject({
      ...{ __typename: 'CaseloadOver', pointsBefore: 2.25, pointsAfter: 4.5, limit: 4 },
    });
    const approved = await assign(second.activeCase.id, lena.id, { approveOver: 'Speaks her language' });
    expect(approved.assignments).toContainEqual(
      expect.objectContaining({
        ...{ overReason: 'Speaks her language', overApprovedBy: { id: people.supervisor.id } },
        ...{ role: 'PRIMARY', matchScore: expect.any(Number) as number },
      }),
    );
    await eventually(() => {
      const bands = service.sent.filter(({ key, type }) => key === lena.id && type === 'CaseloadBandChanged');
      expect(bands.map(({ data }) => data)).toEqual([{ staffId: lena.id, band: 'OVER' }]);
    });
  });

  it('keeps room for one of two that are assigned at once', async () => {
    const lena = await aManager({ fte: 0.1 });
    const cases = [await aClient(service.ask, people.maria), await aClient(service.ask, people.maria)];
    const answers = await Promise.all(cases.map(({ activeCase }) => assign(activeCase.id, lena.id)));
    expect(answers.map(({ __typename }) => __typename).sort()).toEqual(['CaseFile', 'CaseloadOver']);
  });

  it('of the one who registers waits for the supervisor and leaves nobody without case manager', async () => {
    const lena = await aManager({ fte: 0.05 });
    const { activeCase } = await aClient(service.ask, lena);
    expect(activeCase.primaryCaseManager?.id).toBe(lena.id);
    const query = 'query ($id: ID!) { caseFile(id: $id) { assignments { id needsApproval } } }';
    const { data } = await service.ask<{
      caseFile: { assignments: { id: string; needsApproval: boolean }[] };
    }>(lena, query, { id: activeCase.id });
    const [assignment] = data.caseFile.assignments;
    expect(assignment?.needsApproval).toBe(true);
    const input = { assignmentId: assignment?.id, reason: 'Was there', expectedVersion: 1 };
    expect(await change(people.supervisor, 'approveAssignment', input, fields)).toMatchObject({
      assignments: [{ needsApproval: false, overReason: 'Was there' }],
    });
  });
});

describe('a credential', () => {
  const credentialFields = '... on Credential { id version status daysToExpiry }';
  const evidence = { kind: 'REGISTRY', reference: 'R-77' };
  const add = (viewer: Viewer, staffId: string, more: object) =>
    change(
      viewer,
      'addCredential',
      { staffId, typeCode: 'CCM', evidence: [evidence], ...more },
      credentialFields,
    );

  it('is verified by somebody else, never by its holder, whatever is written', async () => {
    const both = aViewer(['CASE_MANAGER', 'SUPERVISOR', 'PROGRAM_ADMIN']);
    await record({ id: both.id, name: 'Ada', roles: both.roles });
    const { id } = await add(both, both.id, { issuedOn: dayAt(-30) });
    const own = await change(both, 'verifyCredential', { id, expectedVersion: 1 }, credentialFields);
    expect(own.__typename).toBe('Forbidden');
    await expect(
      service.running.dataSource.query(
        `update credential set status = 'VERIFIED', verified_by = staff_id, verified_at = now() where id = $1`,
        [id],
      ),
    ).rejects.toThrow('credential_not_verified_by_holder');
    const verified = await change(
      people.admin,
      'verifyCredential',
      { id, expectedVersion: 1 },
      credentialFields,
    );
    expect(verified).toMatchObject({ __typename: 'Credential', status: 'VERIFIED', version: 2 });
    expect(await add(people.jonah, both.id, { typeCode: 'RN', issuedOn: dayAt(-30) })).toMatchObject({
      __typename: 'NotFound',
    });
  });

  it('that is over refuses new cases, also one that its holder registers, and keeps the old ones', async () => {
    const lena = await aManager();
    const kept = await aClient(service.ask, lena);
    const { id } = await add(lena, lena.id, { issuedOn: dayAt(-2000), expiresOn: dayAt(-31) });
    await change(people.supervisor, 'verifyCredential', { id, expectedVersion: 1 });
    const another = await aClient(service.ask, people.maria);
    expect(await assign(another.activeCase.id, lena.id)).toMatchObject({
      ...{ __typename: 'CaseManagerBlocked', reason: 'CREDENTIAL_EXPIRED' },
    });
    expect((await aClient(service.ask, lena)).__typename).toBe('Forbidden');
    expect(await reads(lena, kept.id)).toBe(true);
  });

  it('that is over is told to those who read the personnel file; others hear UNAVAILABLE', async () => {
    const lena = await aManager();
    const { id } = await add(lena, lena.id, { issuedOn: dayAt(-2000), expiresOn: dayAt(-31) });
    await change(people.supervisor, 'verifyCredential', { id, expectedVersion: 1 });
    const { activeCase } = await aClient(service.ask, people.maria);
    const input = { caseId: activeCase.id, staffId: lena.id, role: 'BACKUP', expectedVersion: 1 };
    const blockedAs = '... on CaseManagerBlocked { reason }';
    expect(await change(people.supervisor, 'assignToCase', input, blockedAs)).toMatchObject({
      ...{ __typename: 'CaseManagerBlocked', reason: 'CREDENTIAL_EXPIRED' },
    });
    const told = await change(people.maria, 'assignToCase', input, blockedAs);
    expect(told).toMatchObject({ issues: [{ path: 'staffId', code: 'UNAVAILABLE' }] });
    expect(JSON.stringify(told)).not.toMatch(/credential/i);
  });

  it('is there once for each type, and counts hours of its cycle', async () => {
    const lena = await aManager();
    const { id } = await add(lena, lena.id, { issuedOn: dayAt(-100) });
    const again = await add(lena, lena.id, { issuedOn: dayAt(-100) });
    expect(again).toMatchObject({ issues: [{ path: 'typeCode', code: 'DUPLICATE' }] });
    const hours = (more: object) =>
      change(lena, 'recordContinuingEducation', { credentialId: id, title: 'Ethics', hours: 6, ...more });
    expect((await hours({ heldOn: dayAt(-10), ethicsHours: 2 })).__typename).toBe('ContinuingEducation');
    expect((await hours({ heldOn: dayAt(-200) })).__typename).toBe('ContinuingEducation');
    expect(await hours({ heldOn: dayAt(1) })).toMatchObject({ issues: [{ path: 'heldOn' }] });
    expect(await hours({ heldOn: dayAt(0), ethicsHours: 7 })).toMatchObject({
      issues: [{ path: 'ethicsHours' }],
    });
    const query =
      '{ me { credentials { ceEarned ceEthicsEarned type { ceHours } } credentialGate { reason } } }';
    const { data } = await service.ask(lena, query);
    expect(data).toEqual({
      me: {
        credentials: [{ ceEarned: 6, ceEthicsEarned: 2, type: { ceHours: 80 } }],
        credentialGate: { reason: 'TRAINEE' },
      },
    });
  });
});

describe('suggestions', () => {
  it('order the team, and say why somebody is out and what would change it', async () => {
    const supervisor = aViewer(['SUPERVISOR']);
    await record({ id: supervisor.id, name: 'Sue', roles: ['SUPERVISOR'] });
    const of = { supervisorId: supervisor.id };
    const spanish = await aManager({ ...of, languages: ['es'], populations: ['HOMELESS'] });
    const plain = await aManager(of);
    const away = await aManager(of);
    await change(people.admin, 'recordLeave', { staffId: away.id, startsOn: dayAt(0), endsOn: dayAt(3) });
    const { activeCase } = await aClient(service.ask, people.intake, {
      ...{ preferredLanguage: 'es-MX', populations: ['HOMELESS'] },
    });
    const query = `query ($id: ID!) { assignmentSuggestions(caseId: $id) {
      suggestions { staff { id } score reasons { code } pointsBefore pointsAfter needsApproval }
      excluded { staff { id } reason remedy } } }`;
    const { data } = await service.ask<{ assignmentSuggestions: object }>(supervisor, query, {
      id: activeCase.id,
    });
    expect(data.assignmentSuggestions).toMatchObject({
      suggestions: [
        {
          ...{ staff: { id: spanish.id }, pointsBefore: 0, pointsAfter: 2.25, needsApproval: false },
          reasons: [{ code: 'POPULATION' }, { code: 'LANGUAGE' }, { code: 'ROOM' }],
        },
        { staff: { id: plain.id }, reasons: [{ code: 'ROOM' }] },
      ],
      excluded: [{ staff: { id: away.id }, reason: 'AWAY' }],
    });
    const led = await aClient(service.ask, people.maria);
    const none = await service.ask(supervisor, query, { id: led.activeCase.id });
    expect(none.data).toEqual({ assignmentSuggestions: null });
  });
});

describe('the board of a supervisor', () => {
  it('shows the team in one query, whose statements do not depend on its size', async () => {
    const supervisor = aViewer(['SUPERVISOR']);
    await record({ id: supervisor.id, name: 'Sue', roles: ['SUPERVISOR'] });
    for (let n = 0; n < 6; n++) {
      const one = await aManager({ supervisorId: supervisor.id });
      await aClient(service.ask, one);
    }
    const board = `query ($first: Int) { team(first: $first) { edges { node { name away openCases overdueContacts
      caseload { points limit band byTier { tier count points } }
      expiringCredentials { expiresOn status } leave { startsOn endsOn } credentialGate { reason } } } }
      unassignedCases(first: 5) { edges { node { id openedAt } } } }`;
    const ask = (first: number) =>
      service.ask<{ team: { edges: { node: object }[] } }>(supervisor, board, { first });
    const { data } = await ask(10);
    expect(data.team.edges).toHaveLength(6);
    expect(data.team.edges[0]?.node).toMatchObject({
      caseload: {
        points: 2.25,
        limit: 40,
        band: 'OK',
        byTier: [{ tier: 'MODERATE', count: 1, points: 2.25 }],
      },
    });
    const statements = async (first: number) =>
      (await statementsOf(service.running.dataSource, () => ask(first))).length;
    expect(await statements(1)).toBe(await statements(6));
    const { errors } = await service.ask(people.maria, '{ team { edges { node { id } } } }');
    expect(errors[0]?.extensions?.code).toBe('FORBIDDEN');
  });
});
