import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Viewer } from '@throughline/graphql';
import { aClient, hire, testService, type TestService } from './test-service.ts';

/** The query that the page of this service shows under a heading. */
function queryUnder(heading: string): string {
  const page = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
  const section = page.slice(page.indexOf(`## ${heading}\n`));
  return /```graphql\n([^]*?)```/.exec(section)?.[1] ?? '';
}

let service: TestService;
let people: Awaited<ReturnType<typeof hire>>;
let clientId: string;
beforeAll(async () => {
  service = await testService();
  people = await hire(service.ask);
  ({ id: clientId } = await aClient(service.ask, people.maria, {
    ...{ populations: ['HOMELESS'], preferences: { counselorGender: 'FEMALE', modalities: ['PHONE'] } },
    needs: [{ category: 'HOMELESSNESS', clientRank: 1 }],
  }));
  await aClient(service.ask, people.intake, { legalName: 'Benedikta Oyelaran' });
  // A week later the contact is overdue.
  service.clock.now = new Date(service.clock.now.getTime() + 8 * 24 * 3_600_000);
});
afterAll(() => service.close());

async function read<Page>(viewer: Viewer, heading: string, variables: object = {}): Promise<Page> {
  const { data, errors } = await service.ask<Page>(viewer, queryUnder(heading), { ...variables });
  expect(errors).toEqual([]);
  return data;
}

describe('a page as one query, as the README shows it', () => {
  it('my day: what is due, in which role, and what to do next', async () => {
    const { me, due, gaps } = await read<
      Record<'due' | 'gaps', { edges: { node: object }[] }> & { me: object }
    >(people.maria, 'My day');
    expect(me).toMatchObject({ openCases: 1 });
    expect(due.edges).toMatchObject([
      { node: { ownRoles: ['PRIMARY'], nextStep: { code: 'CONTACT_PERSON', isOverdue: true } } },
    ]);
    expect(gaps.edges).toMatchObject([{ node: { risks: ['CONTACT_OVERDUE'] } }]);
  });

  it('the client page: the whole person, with what the groups ask', async () => {
    const { client } = await read<{ client: object }>(people.maria, 'The client page', { id: clientId });
    expect(client).toMatchObject({
      preferences: { counselorGender: 'FEMALE', modalities: ['PHONE'] },
      activeCase: { needs: [{ category: 'HOMELESSNESS' }] },
      attention: expect.arrayContaining([
        expect.objectContaining({ code: 'ASK_FOR_ADDRESS', kind: 'FORBIDDEN', source: 'HOMELESS' }),
      ]) as object[],
    });
  });

  it("the supervisor's board: people, points, tasks and the queue", async () => {
    interface Board {
      team: { edges: { node: { id: string; overdueContacts: number; caseload: { headCount: number } } }[] };
      unassignedCases: { edges: object[] };
      reassignmentTasks: object[];
    }
    const board = await read<Board>(people.supervisor, 'The board of a supervisor');
    const maria = board.team.edges.find(({ node }) => node.id === people.maria.id)?.node;
    expect(maria).toMatchObject({ overdueContacts: 1, caseload: { headCount: 1, band: 'OK' } });
    expect(board.unassignedCases.edges).toHaveLength(1);
    expect(board.reassignmentTasks).toEqual([]);
  });

  it('the intake desk: what is open, and which lines can be named', async () => {
    const { intakeDesk } = await read<{ intakeDesk: Record<string, object[]> }>(
      people.intake,
      'The intake desk',
    );
    expect(intakeDesk.open).toEqual([]);
    expect(intakeDesk.linesOpenNow?.length).toBeGreaterThan(2);
  });
});
