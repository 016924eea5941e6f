import { uuidV7 } from '@throughline/events';
import { aClient, hire, testService, type TestService } from '../../test-service.ts';

let service: TestService;
let people: Awaited<ReturnType<typeof hire>>;
beforeAll(async () => {
  service = await testService();
  people = await hire(service.ask);
});
afterAll(() => service.close());

const query = `query ($id: ID!) { caseFile(id: $id) { primaryCaseManager { id } nextStep { code } queuedSince } }`;

const see = (id: string) =>
  service
    .ask<{ caseFile: { queuedSince: string } | null }>(people.supervisor, query, { id })
    .then(({ data }) => data.caseFile);

describe('the safety net', () => {
  it('is a promise of the database, too: no open case without an owner or a place in the queue', async () => {
    const { id: clientId, activeCase } = await aClient(service.ask, people.maria);
    const { dataSource } = service.running;
    await dataSource.query(`update assignment set ended_at = started_at where case_id = $1`, [activeCase.id]);
    expect(await see(activeCase.id)).toMatchObject({
      primaryCaseManager: null,
      nextStep: { code: 'ASSIGN_CASE_MANAGER' },
    });
    expect((await see(activeCase.id))?.queuedSince).not.toBeNull();
    await expect(
      dataSource.query('update case_file set queued_since = null where id = $1', [activeCase.id]),
    ).rejects.toThrow('one primary case manager');
    await dataSource.query(`update case_file set status = 'ENTERED_IN_ERROR' where id = $1`, [activeCase.id]);
    const orphan = dataSource.query(
      `insert into case_file (id, client_id, status, phase, opened_at, status_changed_at, version)
       values ($1, $2, 'OPEN_ACTIVE', 'IMPLEMENTING', now(), now(), 1)`,
      [uuidV7(new Date()), clientId],
    );
    await expect(orphan).rejects.toThrow('one primary case manager');
  });
});
