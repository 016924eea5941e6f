import { eventually } from '@throughline/testing';
import { programJob } from './tell-program.ts';
import { aClient, hire, testService, type TestService } from '../../test-service.ts';
import { tellStrata } from '../../people/client/tell-strata.ts';

let service: TestService;
let people: Awaited<ReturnType<typeof hire>>;
beforeAll(async () => {
  service = await testService();
  people = await hire(service.ask);
});
afterAll(() => service.close());

const times = async (type: string, ids: readonly string[]): Promise<number[]> => {
  const recorded = await Promise.all(ids.map((id) => service.recorded(id)));
  return recorded.map((types) => types.filter((one) => one === type).length);
};

it('clients and cases of before are told once, page by page', async () => {
  const ids: string[] = [];
  for (const preferredLanguage of ['en', 'es', 'vi'])
    ids.push((await aClient(service.ask, people.maria, { preferredLanguage })).id);
  const { dataSource } = service.running;
  const now = () => service.clock.now;
  // The pages after the first one are jobs of the service itself.
  await tellStrata({ now, page: 2 })({ after: null }, { dataSource });
  await eventually(async () => expect(await times('ClientDescribed', ids)).toEqual([2, 2, 2]));

  await service.db.query(`update case_file set program = 'River Clinic' where client_id = $1`, [ids[0]]);
  await service.db.query(`select graphile_worker.add_job($1, '{"after": null}')`, [programJob]);
  await eventually(async () => expect(await times('CaseProgramNamed', ids)).toEqual([1, 0, 0]));
});
