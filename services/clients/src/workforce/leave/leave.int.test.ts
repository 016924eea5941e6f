import type { Viewer } from '@throughline/graphql';
import { silentLogger } from '@throughline/runtime';
import { aClient, aViewer, hire, testService, type TestService } from '../../test-service.ts';
import { turnLeave } from './keep-standing.ts';

const timeZone = 'America/New_York';
let service: TestService;
let people: Awaited<ReturnType<typeof hire>>;
beforeAll(async () => {
  service = await testService();
  people = await hire(service.ask);
});
/** The clocks go forward in the night to 14 March 2027. */
beforeEach(() => {
  service.clock.now = new Date('2027-03-10T15:00:00Z');
});
afterAll(() => service.close());

type Answer = Record<string, unknown> & { __typename: string; id: string };

async function change(viewer: Viewer, name: string, input: object, fields = ''): Promise<Answer> {
  const type = `${name[0]?.toUpperCase() ?? ''}${name.slice(1)}Input`;
  const document = `mutation ($input: ${type}!) { it: ${name}(input: $input) { __typename
    ... on InvalidInput { issues { path code message } } ${fields} } }`;
  const { data, errors } = await service.ask<{ it: Answer } | null>(viewer, document, { input });
  if (!data) throw new Error(JSON.stringify(errors));
  return data.it;
}

async function aManager(more: object = {}): Promise<Viewer> {
  const viewer = aViewer(['CASE_MANAGER']);
  const { id, roles } = viewer;
  await change(people.admin, 'recordStaff', {
    id,
    name: 'Lena',
    roles,
    supervisorId: people.supervisor.id,
    ...more,
  });
  return viewer;
}

const days = { startsOn: '2027-03-13', endsOn: '2027-03-15' };
const goOnLeave = (away: Viewer, cover: Viewer, more: object = {}) =>
  change(
    away,
    'recordLeave',
    { staffId: away.id, coverId: cover.id, ...days, ...more },
    '... on StaffLeave { id version }',
  );

async function reads(viewer: Viewer, id: string): Promise<boolean> {
  const query = 'query ($id: ID!) { client(id: $id) { name { legal } } }';
  const { data } = await service.ask<{ client: { name: object | null } | null }>(viewer, query, { id });
  return (data.client?.name ?? null) !== null;
}

/** The clock goes to this moment, and the timer of the person runs. */
async function turnAt(iso: string, staffId: string): Promise<void> {
  service.clock.now = new Date(iso);
  const job = turnLeave({ now: () => service.clock.now, timeZone });
  await job({ staffId }, { dataSource: service.running.dataSource, logger: silentLogger } as never);
}

describe('a leave with a named cover', () => {
  it('gives the right to act for exactly its days, over a change of the clocks', async () => {
    const [away, cover] = [await aManager(), await aManager()];
    const { id } = await aClient(service.ask, away);
    expect((await goOnLeave(away, cover)).__typename).toBe('StaffLeave');
    for (const [moment, may] of [
      ['2027-03-13T04:59:59.999Z', false],
      ['2027-03-13T05:00:00Z', true],
      ['2027-03-14T06:59:59Z', true],
      ['2027-03-16T03:59:59.999Z', true],
      ['2027-03-16T04:00:00Z', false],
    ] as const) {
      await turnAt(moment, away.id);
      expect([moment, await reads(cover, id)]).toEqual([moment, may]);
    }
  });

  it('is refused for a cover whose credential allows no cases, with what would help for who may know', async () => {
    const away = await aManager();
    const cover = await aManager({ supervisorId: null });
    const told = (viewer: Viewer) =>
      change(viewer, 'recordLeave', { staffId: away.id, coverId: cover.id, ...days });
    expect(await told(away)).toMatchObject({ issues: [{ path: 'coverId', code: 'UNAVAILABLE' }] });
    expect(await told(people.admin)).toMatchObject({
      issues: [
        {
          path: 'coverId',
          code: 'NO_SUPERVISOR',
          message: expect.stringContaining('supervisor named') as string,
        },
      ],
    });
    expect(await goOnLeave(away, people.intake)).toMatchObject({ issues: [{ code: 'ROLE_MISSING' }] });
    expect((await goOnLeave(away, people.supervisor)).__typename).toBe('StaffLeave');
  });

  it('begins without a cover when the credential is gone by then', async () => {
    const [away, cover] = [await aManager(), await aManager()];
    const { id } = await aClient(service.ask, away);
    await goOnLeave(away, cover);
    await change(people.admin, 'recordStaff', { id: cover.id, supervisorId: null, expectedVersion: 1 });
    await turnAt('2027-03-13T05:00:00Z', away.id);
    expect(await reads(cover, id)).toBe(false);
    const { data } = await service.ask(away, '{ me { away cover { id } } }');
    expect(data).toEqual({ me: { away: true, cover: null } });
  });

  it('may meet a later one of the cover, and none that is known', async () => {
    const [away, cover, other] = [await aManager(), await aManager(), await aManager()];
    await goOnLeave(away, cover);
    expect((await goOnLeave(cover, other)).__typename).toBe('StaffLeave');
    expect(await goOnLeave(other, cover)).toMatchObject({
      issues: [{ path: 'coverId', code: 'UNAVAILABLE' }],
    });
    expect(await goOnLeave(away, other)).toMatchObject({
      issues: [{ path: 'startsOn', code: 'DUPLICATE' }],
    });
  });

  it('of a supervisor lets another one read the team and approve, and no longer than it lasts', async () => {
    const boss = aViewer(['SUPERVISOR']);
    await change(people.admin, 'recordStaff', { id: boss.id, name: 'Sue', roles: ['SUPERVISOR'] });
    const member = await aManager({ supervisorId: boss.id, fte: 0.05 });
    const { id } = await aClient(service.ask, member);
    const { supervisor: other } = people;
    const query =
      '{ me { assignmentsToApprove { edges { node { assignment { id } caseFile { version } } } } } }';
    interface Waiting {
      assignment: { id: string };
      caseFile: { version: number };
    }
    const waiting = async (viewer: Viewer) => {
      const { data } = await service.ask<{ me: { assignmentsToApprove: { edges: { node: Waiting }[] } } }>(
        viewer,
        query,
      );
      return data.me.assignmentsToApprove.edges.map(({ node }) => node);
    };
    expect(await goOnLeave(boss, people.jonah)).toMatchObject({ issues: [{ code: 'ROLE_MISSING' }] });
    await goOnLeave(boss, other);
    expect([await reads(other, id), await waiting(other)]).toEqual([false, []]);

    await turnAt('2027-03-13T05:00:00Z', boss.id);
    expect(await reads(other, id)).toBe(true);
    const [one] = await waiting(other);
    await turnAt('2027-03-16T04:00:00Z', boss.id);
    expect([await reads(other, id), await waiting(other)]).toEqual([false, []]);
    const approval = { assignmentId: one?.assignment.id, reason: 'Knows the family', expectedVersion: 1 };
    expect((await change(other, 'approveAssignment', approval)).__typename).toBe('NotFound');

    await turnAt('2027-03-15T12:00:00Z', boss.id);
    expect((await change(other, 'approveAssignment', approval)).__typename).toBe('CaseFile');
    expect(await waiting(boss)).toEqual([]);
  });

  it('shows the cover the caseload without and with the cases of everybody who is away, and no colleague', async () => {
    const [away, also, later, cover] = [
      await aManager(),
      await aManager(),
      await aManager(),
      await aManager({ fte: 0.2 }),
    ];
    for (const viewer of [away, away, also, later, cover]) await aClient(service.ask, viewer);
    await goOnLeave(away, cover);
    await goOnLeave(also, cover);
    await goOnLeave(later, cover, { startsOn: '2027-03-16', endsOn: '2027-03-17' });
    const query = `query ($id: ID!) { staffMember(id: $id) { standsInFor { startsOn staff { id }
      coverCaseload { before { points headCount band } after { points headCount band } } } } }`;
    const stands = async (viewer: Viewer) => {
      const { data } = await service.ask<{ staffMember: { standsInFor: object[] | null } }>(viewer, query, {
        id: cover.id,
      });
      return data.staffMember.standsInFor;
    };
    const before = { points: 2.25, headCount: 1, band: 'OK' };
    const shared = { before, after: { points: 9, headCount: 4, band: 'OVER' } };
    const own = await stands(cover);
    expect(own).toHaveLength(3);
    expect(own).toEqual(
      expect.arrayContaining([
        { startsOn: '2027-03-13', staff: { id: away.id }, coverCaseload: shared },
        { startsOn: '2027-03-13', staff: { id: also.id }, coverCaseload: shared },
        {
          ...{ startsOn: '2027-03-16', staff: { id: later.id } },
          coverCaseload: { before, after: { points: 4.5, headCount: 2, band: 'OK' } },
        },
      ]),
    );
    expect(await stands(people.supervisor)).toEqual(own);
    expect(await stands(away)).toBeNull();
    const { data } = await service.ask(
      away,
      '{ me { leave { cover { id } coverCaseload { after { points } } } } }',
    );
    expect(data).toEqual({ me: { leave: [{ cover: { id: cover.id }, coverCaseload: null }] } });
  });
});
