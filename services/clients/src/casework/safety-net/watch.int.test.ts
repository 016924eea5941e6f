import { testService, type TestService } from '../../test-service.ts';
import { netJob, startWatching } from './watch.ts';

let service: TestService;
beforeAll(async () => {
  service = await testService();
});
afterAll(() => service.close());

describe('the list of gaps', () => {
  it('comes at seven in the morning of the program, also on the day on which the clocks change', async () => {
    const evening = new Date('2027-03-13T18:00:00Z');
    const clock = { now: () => evening, timeZone: 'America/New_York' };
    await startWatching(service.running.dataSource, clock);
    const sql = 'select run_at from graphile_worker.jobs where key = $1';
    const next = await service.db.query<{ run_at: Date }[]>(sql, [netJob]);
    expect(next).toEqual([{ run_at: new Date('2027-03-14T11:00:00Z') }]);
  });
});
