import { staff, testTreatment, type TestTreatment } from './treatment.harness.ts';

let treatment: TestTreatment;
beforeAll(async () => {
  treatment = await testTreatment();
});
afterAll(() => treatment.close());

it('this service does nothing later: it has no timers, no scheduler, and says so to an administrator', async () => {
  const query = '{ treatmentBackbone { timers { edges { cursor } } scheduler { isLate } } }';
  const { data, errors } = await treatment.ask(staff('PROGRAM_ADMIN'), query, {});
  expect(errors).toEqual([]);
  expect(data).toEqual({ treatmentBackbone: { timers: { edges: [] }, scheduler: null } });
});
