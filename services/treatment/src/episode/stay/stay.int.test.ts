import { staff, testTreatment, type TestTreatment } from '../../treatment.harness.ts';

let treatment: TestTreatment;
const maria = staff('CASE_MANAGER');
const sam = staff('SUPERVISOR');
beforeAll(async () => {
  treatment = await testTreatment({ now: new Date('2036-03-03T12:00:00Z') });
});
afterAll(() => treatment.close());

const PROBLEM = `__typename ... on Problem { message ... on InvalidInput { issues { path code } } }`;
const STAY = `... on Stay { id version startedAt endedAt dischargeType readmissionOf { id }
  dischargeCorrections { from to reason by { id } } episode { id phase version } }`;
interface Answer extends Record<string, unknown> {
  id: string;
  version: number;
  episode: { id: string; version: number; phase: string };
}
const call = async (name: string, input: object, fields = STAY, viewer = maria): Promise<Answer> => {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { result: ${name}(input: $input) { ${PROBLEM} ${fields} } }`;
  const { data, errors } = await treatment.ask<{ result: Answer }>(viewer, query, { input });
  expect(errors).toEqual([]);
  return data.result;
};
const begin = async () => {
  const clientId = await treatment.assign(maria.id, sam.id);
  const { id } = await call('startEpisode', { clientId, kind: 'MH' }, '... on Episode { id }');
  return { clientId, episodeId: id };
};
const hospital = { setting: 'PSYCH_HOSPITAL', reasons: ['MENTAL_HEALTH'], planned: false };
const left = { dischargeType: 'OTHER', endReason: 'CLIENT_DECISION' };

describe('stays', () => {
  it('follow one another inside one treatment, with a readmission and a corrected date', async () => {
    const { episodeId } = await begin();
    const first = await call('admitStay', { episodeId, ...hospital, expectedVersion: 1 });
    expect(first.episode).toMatchObject({ phase: 'ADMITTED', version: 2 });
    treatment.clock.now = new Date('2036-03-10T12:00:00Z');
    const out = await call('dischargeStay', { id: first.id, expectedVersion: 1, ...left });
    expect(out).toMatchObject({ endedAt: '2036-03-10T12:00:00.000Z', dischargeType: 'OTHER' });
    expect((await call('dischargeStay', { id: first.id, expectedVersion: 2, ...left })).__typename).toBe(
      'InvalidTransition',
    );
    const right = { id: first.id, expectedVersion: 2, at: '2036-03-09T12:00:00Z', reason: 'A day too late.' };
    expect(await call('correctDischarge', right)).toMatchObject({
      endedAt: '2036-03-09T12:00:00.000Z',
      dischargeCorrections: [
        { from: '2036-03-10T12:00:00.000Z', reason: 'A day too late.', by: { id: maria.id } },
      ],
    });
    const again = await call('admitStay', { episodeId, ...hospital, expectedVersion: 2 });
    expect(again.readmissionOf).toEqual({ id: first.id });
    const step = {
      setting: 'OUTPATIENT_CLINIC',
      reasons: ['MENTAL_HEALTH'],
      planned: true,
      levelOfCare: '1.5',
    };
    treatment.clock.now = new Date('2036-03-10T12:00:01Z');
    const next = await call('admitStay', { episodeId, ...step, expectedVersion: 2 });
    const query = `query ($id: ID!) { episode(id: $id) { stays { id endedAt dischargeType } } }`;
    expect((await treatment.ask(maria, query, { id: episodeId })).data).toMatchObject({
      episode: {
        stays: [{ id: first.id }, { id: again.id, dischargeType: null }, { id: next.id, endedAt: null }],
      },
    });
    treatment.clock.now = new Date('2036-03-03T12:00:00Z');
  });

  it('are one at a time, also for two at the same moment', async () => {
    const { episodeId } = await begin();
    const both = [1, 2].map(() => call('admitStay', { episodeId, ...hospital, expectedVersion: 1 }));
    expect((await Promise.all(both)).map(({ __typename }) => __typename).sort()).toEqual([
      'StaleVersion',
      'Stay',
    ]);
  });

  it('look like unknown ones to a viewer who does not work with the client', async () => {
    const { episodeId } = await begin();
    const { id } = await call('admitStay', { episodeId, ...hospital, expectedVersion: 1 });
    const otto = staff('CASE_MANAGER');
    expect((await treatment.ask(otto, `{ stay(id: "${id}") { id } }`, {})).data).toEqual({ stay: null });
    const refused = await call('dischargeStay', { id, expectedVersion: 1, ...left }, STAY, otto);
    expect(refused.__typename).toBe('NotFound');
  });
});

it('what was asked at admission and at discharge tells what changed; the last sheet counts', async () => {
  const { episodeId } = await begin();
  const sheet = '... on OutcomeData { moment employment }';
  const record = (moment: string, more: object) =>
    call('recordOutcomeData', { episodeId, moment, ...more }, sheet);
  expect(await record('DISCHARGE', { employment: 'PART_TIME' })).toMatchObject({
    issues: [{ path: 'moment', code: 'BEFORE_ADMISSION' }],
  });
  await call('admitStay', { episodeId, ...hospital, expectedVersion: 1 });
  await record('ADMISSION', { employment: 'FULL_TIME' });
  treatment.clock.now = new Date('2036-03-03T12:00:01Z');
  await record('ADMISSION', { employment: 'NOT_WORKING', arrestsPast30Days: 1 });
  const query = `query ($id: ID!) { episode(id: $id) { baselineData { employment } changeFromBaseline {
    measure baseline atDischarge direction } } }`;
  const read = async () => (await treatment.ask(maria, query, { id: episodeId })).data;
  expect(await read()).toEqual({
    episode: { baselineData: { employment: 'NOT_WORKING' }, changeFromBaseline: null },
  });
  await record('DISCHARGE', { employment: 'PART_TIME', arrestsPast30Days: 1 });
  expect(await read()).toMatchObject({
    episode: {
      changeFromBaseline: [{ direction: 'SAME' }, { measure: 'employment', direction: 'IMPROVED' }],
    },
  });
});
