import { uuidV7 } from '@throughline/events';
import type { Viewer } from '@throughline/graphql';
import { eventually } from '@throughline/testing';
import { createDataSource } from '../../database.ts';
import {
  aClient,
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

interface Progress {
  isRunning: boolean;
  total: number;
  moved: number;
  refused: number;
  skipped: number;
}

async function aManager(more: object = {}): Promise<Viewer> {
  const viewer = aViewer(['CASE_MANAGER']);
  const input = {
    id: viewer.id,
    name: 'Lena',
    roles: viewer.roles,
    supervisorId: people.supervisor.id,
    ...more,
  };
  const mutation = 'mutation ($input: RecordStaffInput!) { recordStaff(input: $input) { __typename } }';
  await service.ask(people.admin, mutation, { input });
  return viewer;
}

const start = (input: object, viewer = people.supervisor) =>
  service
    .ask<{ it: { __typename: string; id: string } }>(
      viewer,
      `mutation ($input: ReassignCasesInput!) { it: reassignCases(input: $input) { __typename
        ... on Reassignment { id } ... on InvalidInput { issues { path } } } }`,
      { input: { reason: 'Leaves the program', ...input } },
    )
    .then(({ data }) => data.it);

const progress = async (id: string): Promise<Progress> => {
  const query = 'query ($id: ID!) { reassignment(id: $id) { isRunning total moved refused skipped } }';
  return (await service.ask<{ reassignment: Progress }>(people.supervisor, query, { id })).data.reassignment;
};

const done = (id: string) =>
  eventually(
    async () => {
      const now = await progress(id);
      expect(now.isRunning).toBe(false);
      return now;
    },
    { timeoutMs: 60_000 },
  );

const openCases = async ({ id }: Viewer) => {
  const rows: { count: number }[] = await service.db.query(
    `select count(*)::int as count from assignment
     where case_manager_id = $1 and role = 'PRIMARY' and ended_at is null`,
    [id],
  );
  return rows[0]?.count;
};

describe('a reassignment', () => {
  it('does what its preview says, once, and moves what is left when it is repeated', async () => {
    const [from, to] = [await aManager(), await aManager()];
    for (let n = 0; n < 3; n++) await aClient(service.ask, from);
    const query = `query ($from: ID!, $to: [ID!]!) { reassignmentPreview(fromStaffId: $from, to: $to) { total
      receivers { staff { id } cases pointsAfter gate } refused { code count }
      moves(first: 2) { edges { node { caseFile { id } to { id } state } } pageInfo { hasNextPage } } } }`;
    const { data } = await service.ask(people.supervisor, query, { from: from.id, to: [to.id] });
    expect(data).toMatchObject({
      reassignmentPreview: {
        ...{ total: 3, refused: [] },
        receivers: [{ staff: { id: to.id }, cases: 3, pointsAfter: 6.75, gate: 'TRAINEE' }],
        moves: { edges: [{ node: { to: { id: to.id } } }, {}], pageInfo: { hasNextPage: true } },
      },
    });
    expect(await openCases(from)).toBe(3);

    const input = { fromStaffId: from.id, to: [to.id], idempotencyKey: `leaves ${from.id}` };
    const [one, two] = await Promise.all([start(input), start(input)]);
    expect(one.id).toBe(two.id);
    expect(await done(one.id)).toMatchObject({ total: 3, moved: 3, refused: 0, skipped: 0 });
    expect([await openCases(from), await openCases(to)]).toEqual([0, 3]);
    const again = await start({ fromStaffId: from.id, to: [to.id] });
    expect(await done(again.id)).toMatchObject({ total: 0, moved: 0 });
  });

  it('is for the supervisor of the person, to the own team', async () => {
    const [from, to] = [await aManager(), await aManager()];
    const stranger = await aManager({ supervisorId: people.otherSupervisor.id });
    const move = { fromStaffId: from.id, to: [to.id] };
    expect((await start(move, people.otherSupervisor)).__typename).toBe('NotFound');
    for (const wrong of [[stranger.id], [from.id], [], [people.privacy.id]])
      expect(await start({ ...move, to: wrong })).toMatchObject({ issues: [{ path: 'to' }] });
    const preview =
      'query ($from: ID!, $to: [ID!]!) { it: reassignmentPreview(fromStaffId: $from, to: $to) { total } }';
    for (const wrong of [
      [stranger.id],
      [from.id],
      [],
      ['no id'],
      Array.from({ length: 51 }, () => uuidV7(service.clock.now)),
    ]) {
      const { data, errors } = await service.ask(people.supervisor, preview, { from: from.id, to: wrong });
      expect(data).toEqual({ it: null });
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    }
    const asked = { from: from.id, to: [stranger.id] };
    expect(await service.ask(people.otherSupervisor, preview, asked)).toMatchObject({
      ...{ data: { it: null }, errors: [] },
    });
    const { id } = await start(move);
    const query = 'query ($id: ID!) { reassignment(id: $id) { total } }';
    expect((await service.ask(people.otherSupervisor, query, { id })).data).toEqual({ reassignment: null });
  });

  it('waits while somebody logs a contact, and leaves a case alone that was handed over meanwhile', async () => {
    const [from, to, other] = [await aManager(), await aManager(), await aManager()];
    const kept = await aClient(service.ask, from);
    const handed = await aClient(service.ask, from);
    await aClient(service.ask, from);
    const contact = service.db.createQueryRunner();
    await contact.startTransaction();
    await contact.query('select id from case_file where id = $1 for update', [kept.activeCase.id]);
    const { id } = await start({ fromStaffId: from.id, to: [to.id] });
    await handOver(handed, other.id);
    await contact.query('update case_file set next_contact_due_at = now() where id = $1', [
      kept.activeCase.id,
    ]);
    await contact.commitTransaction();
    await contact.release();
    expect(await done(id)).toMatchObject({ total: 3, moved: 2, skipped: 1 });
    expect([await openCases(from), await openCases(to), await openCases(other)]).toEqual([0, 2, 1]);
  });

  it('of 5,000 cases moves each of them once', async () => {
    const [from, ...to] = [await aManager(), await aManager(), await aManager(), await aManager()];
    const { id: clientId } = await aClient(service.ask, from);
    await copyCases(clientId, 4_999);
    expect(await openCases(from)).toBe(5_000);
    const input = { fromStaffId: from.id, to: to.map(({ id }) => id), approveOver: 'The program is closed' };
    const { id } = await start(input);
    expect(await done(id)).toMatchObject({ total: 5_000, moved: 5_000 });
    const counts = await Promise.all(to.map(openCases));
    expect(counts.reduce((sum, count) => (sum ?? 0) + (count ?? 0), 0)).toBe(5_000);
    expect(Math.max(...counts.map(Number)) - Math.min(...counts.map(Number))).toBeLessThanOrEqual(1);
  });
});

/** Another command gives the case to somebody else. */
async function handOver({ id, activeCase }: Registered, to: string): Promise<void> {
  await service.db.transaction(async (tx) => {
    await tx.query('update assignment set ended_at = now() where case_id = $1', [activeCase.id]);
    await tx.query(
      `insert into assignment (id, case_id, client_id, case_manager_id, role, started_at, assigned_by)
       values ($1, $2, $3, $4, 'PRIMARY', now(), $4)`,
      [uuidV7(new Date()), activeCase.id, id, to],
    );
  });
}

/** Copies of a client with its case and assignment, written at once. */
async function copyCases(clientId: string, count: number): Promise<void> {
  const columns = async (table: string) => {
    const rows: { name: string }[] = await service.db.query(
      `select column_name as name from information_schema.columns where table_name = $1
         and column_name not in ('id', 'client_id', 'case_id', 'case_number')`,
      [table],
    );
    return rows.map(({ name }) => `"${name}"`).join(', ');
  };
  const [client, file, assignment] = [
    await columns('client'),
    await columns('case_file'),
    await columns('assignment'),
  ];
  const idOf = (what: string) =>
    `overlay(overlay(md5('${what} ' || n || $1::text) placing '7' from 13) placing '8' from 17)::uuid`;
  const ids = { client: idOf('client'), file: idOf('case') };
  const copies = `from generate_series(1, ${String(count)}) n`;
  const owner = await createDataSource(service.database.ownerUrl, 1).initialize();
  const tables = ['client', 'case_file', 'assignment'];
  for (const table of tables) await owner.query(`alter table ${table} disable trigger user`);
  await owner.transaction(async (tx) => {
    await tx.query(
      `insert into client (id, case_number, ${client})
       select ${ids.client}, 'COPY-' || n, ${client} ${copies}, client where client.id = $1::uuid`,
      [clientId],
    );
    await tx.query(
      `insert into case_file (id, client_id, ${file})
       select ${ids.file}, ${ids.client}, ${file} ${copies}, case_file where case_file.client_id = $1::uuid`,
      [clientId],
    );
    await tx.query(
      `insert into assignment (id, case_id, client_id, ${assignment})
       select gen_random_uuid(), ${ids.file}, ${ids.client}, ${assignment} ${copies}, assignment
       where assignment.client_id = $1::uuid`,
      [clientId],
    );
  });
  for (const table of tables) await owner.query(`alter table ${table} enable trigger user; analyze ${table}`);
  await owner.destroy();
}
