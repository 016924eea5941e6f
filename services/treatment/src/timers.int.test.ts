import { eventually } from '@throughline/testing';
import { staff, testTreatment, type TestTreatment } from './treatment.harness.ts';

let treatment: TestTreatment;
const maria = staff('CASE_MANAGER');
beforeAll(async () => {
  treatment = await testTreatment({ now: new Date('2036-03-03T12:00:00Z') });
});
afterAll(() => treatment.close());

const RECORD = `mutation ($input: RecordScreeningInput!) { recordScreening(input: $input) { __typename } }`;
const TIER = `query ($c: ID!) { _entities(representations: [{ __typename: "Client", id: $c }]) { ... on Client {
  risk { tier points } } } }`;

it('a result that is too old no longer drives the tier', async () => {
  const clientId = await treatment.assign(maria.id, staff('SUPERVISOR').id);
  const answers = Array.from({ length: 7 }, (_, item) => ({ item: item + 1, value: 3 }));
  await treatment.ask(maria, RECORD, { input: { clientId, instrument: 'GAD-7', answers } });
  const read = async () => (await treatment.ask(maria, TIER, { c: clientId })).data;
  expect(await read()).toEqual({ _entities: [{ risk: { tier: 'MODERATE', points: 25 } }] });

  const [job] = await treatment.db.query<{ runAt: Date }[]>(
    'select run_at as "runAt" from graphile_worker.jobs where key = $1',
    [`risk:${clientId}`],
  );
  expect(job?.runAt).toEqual(new Date('2036-08-30T12:00:00Z'));
  treatment.clock.now = new Date('2036-08-30T12:00:01Z');
  await treatment.db.query(
    `select graphile_worker.reschedule_jobs(array(select id from graphile_worker.jobs where key = $1),
       run_at => now() - interval '1 second')`,
    [`risk:${clientId}`],
  );
  await eventually(async () =>
    expect(await read()).toEqual({ _entities: [{ risk: { tier: 'LOW', points: 0 } }] }),
  );
});

it('an administrator sees the timers of this service and its scheduler', async () => {
  const query = '{ treatmentBackbone { timers { edges { node { name } } } scheduler { isLate } } }';
  const { data, errors } = await treatment.ask(staff('PROGRAM_ADMIN'), query, {});
  expect(errors).toEqual([]);
  expect(data).toMatchObject({ treatmentBackbone: { scheduler: { isLate: false } } });
});
