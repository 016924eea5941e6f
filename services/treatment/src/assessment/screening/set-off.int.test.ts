import { needRecorded, uuidV7 } from '@throughline/events';
import { eventually } from '@throughline/testing';
import { staff, testTreatment, type TestTreatment } from '../../treatment.harness.ts';

let treatment: TestTreatment;
const maria = staff('CASE_MANAGER');
const sam = staff('SUPERVISOR');
const lena = staff('CLINICIAN');
// A Saturday, 03:00 in New York.
const now = new Date('2026-11-21T08:00:00Z');

beforeAll(async () => {
  treatment = await testTreatment({ now });
});
afterAll(() => treatment.close());

const RECORD = `mutation ($input: RecordScreeningInput!) { recordScreening(input: $input) { __typename
  ... on Screening { id total band positive signedAt signingWaitsFor flags cutOffs { group from reached }
    subscores { code total positive } }
  ... on Problem { message } } }`;
type Scored = Record<string, unknown> & { id: string; __typename: string };
async function record(
  clientId: string,
  instrument: string,
  values: Record<number, number>,
  more: object = {},
) {
  const answers = Object.entries(values).map(([item, value]) => ({ item: Number(item), value }));
  const input = { clientId, instrument, answers, ...more };
  const { data, errors } = await treatment.ask<{ recordScreening: Scored }>(maria, RECORD, { input });
  expect(errors).toEqual([]);
  return data.recordScreening;
}

interface Page {
  nextSteps: {
    id: string;
    what: string;
    why: string;
    due: string;
    owner: { id: string };
    version: number;
    needCategory: string | null;
  }[];
  openCrisisAlerts: { id: string; level: number; cause: string; screening: { id: string } | null }[];
  risk: Record<string, unknown> & { id: string; tier: string; version: number };
}
async function page(clientId: string, viewer = maria): Promise<Page> {
  const query = `query ($c: ID!) { _entities(representations: [{ __typename: "Client", id: $c }]) { ... on Client {
    nextSteps { id what why due owner { id } version needCategory }
    openCrisisAlerts { id level cause screening { id } }
    risk { id tier computedTier points version drivers { code points sourceType sourceId until } } } } }`;
  const { data } = await treatment.ask<{ _entities: [Page] }>(viewer, query, { c: clientId });
  return data._entities[0];
}
const whats = async (clientId: string) => (await page(clientId)).nextSteps.map(({ what }) => what);
const sign = async (viewer: typeof maria, id: string, overrideReason?: string) => {
  const mutation = `mutation ($input: SignScreeningInput!) { signScreening(input: $input) { __typename
    ... on Screening { signedAt overrideReason } ... on SafetyScreenRequired { instrument } ... on Problem { message } } }`;
  const { data } = await treatment.ask<{ signScreening: Scored }>(viewer, mutation, {
    input: { id, overrideReason },
  });
  return data.signScreening;
};
const phq9 = (last: number) => ({ 1: 1, 2: 1, 3: 1, 4: 1, 5: 1, 6: 1, 7: 1, 8: 1, 9: last });

describe('an answer about death in the PHQ-9', () => {
  it('waits for the C-SSRS screener before it is signed, once', async () => {
    const clientId = await treatment.assign(maria.id, sam.id);
    const scored = await record(clientId, 'PHQ-9', phq9(1));
    expect(scored).toMatchObject({ total: 9, signedAt: null, signingWaitsFor: 'C-SSRS' });
    expect(await sign(maria, scored.id)).toMatchObject({
      __typename: 'SafetyScreenRequired',
      instrument: 'C-SSRS',
    });
    // A reason of somebody who is no clinician is not enough.
    expect((await sign(maria, scored.id, 'She says that she is fine.')).__typename).toBe(
      'SafetyScreenRequired',
    );
    expect((await page(clientId)).nextSteps).toMatchObject([
      {
        what: 'C_SSRS_SCREENER',
        why: 'SUICIDE_ITEM',
        due: '2026-11-21T09:00:00.000Z',
        owner: { id: maria.id },
      },
    ]);

    await record(clientId, 'C-SSRS', { 1: 0 });
    expect((await sign(maria, scored.id)).__typename).toBe('SafetyScreenRequired');
    await record(clientId, 'C-SSRS', { 1: 0, 2: 0, 6: 0 });
    expect(await sign(maria, scored.id)).toMatchObject({ __typename: 'Screening', overrideReason: null });
    expect((await sign(maria, scored.id)).__typename).toBe('InvalidTransition');
    expect(await whats(clientId)).toEqual([]);
    expect(await record(clientId, 'PHQ-9', phq9(1))).toMatchObject({ signingWaitsFor: null });
  });

  it('is signed once by two who sign at the same moment', async () => {
    const clientId = await treatment.assign(maria.id, sam.id);
    const { id } = await record(clientId, 'PHQ-9', phq9(1));
    await record(clientId, 'C-SSRS', { 1: 0, 2: 0, 6: 0 });
    const before = (await treatment.recorded(clientId)).length;
    const both = await Promise.all([sign(maria, id), sign(sam, id)]);
    expect(both.map(({ __typename }) => __typename).sort()).toEqual(['InvalidTransition', 'Screening']);
    const signed = (await treatment.recorded(clientId)).slice(before);
    expect(signed.filter((type) => type === 'ScreeningSigned')).toHaveLength(1);
  });

  it('is signed without it by a clinician with a reason, which closes the step', async () => {
    const clientId = await treatment.assign(lena.id, sam.id);
    const { data } = await treatment.ask<{ recordScreening: Scored }>(lena, RECORD, {
      input: {
        clientId,
        instrument: 'PHQ-9',
        answers: Object.entries(phq9(2)).map(([item, value]) => ({ item: Number(item), value })),
      },
    });
    const { id } = data.recordScreening;
    expect((await sign(lena, id, '  ')).__typename).toBe('SafetyScreenRequired');
    expect(await sign(lena, id, 'Seen in the emergency department an hour ago.')).toMatchObject({
      overrideReason: 'Seen in the emergency department an hour ago.',
    });
    expect((await page(clientId, lena)).nextSteps).toEqual([]);
  });

  it('asks again for the check that a second one needs when the first one is signed without it', async () => {
    const clientId = await treatment.assign(maria.id, sam.id);
    const first = await record(clientId, 'PHQ-9', phq9(1), { administeredOn: '2026-11-19' });
    const second = await record(clientId, 'PHQ-9', phq9(2));
    expect(await whats(clientId)).toEqual(['C_SSRS_SCREENER']);
    await sign(staff('CLINICIAN', maria.id), first.id, 'Seen in the emergency department.');
    expect(await whats(clientId)).toEqual(['C_SSRS_SCREENER']);
    // A check of the day before is no answer to what was said today.
    await record(clientId, 'C-SSRS', { 1: 0, 2: 0, 6: 0 }, { administeredOn: '2026-11-20' });
    expect((await sign(maria, second.id)).__typename).toBe('SafetyScreenRequired');
    expect(await whats(clientId)).toEqual(['C_SSRS_SCREENER']);
    await record(clientId, 'C-SSRS', { 1: 0, 2: 0, 6: 0 });
    expect(await whats(clientId)).toEqual([]);
    expect((await sign(maria, second.id)).__typename).toBe('Screening');
  });

  it('is not changed by the app role once it is signed', async () => {
    const clientId = await treatment.assign(maria.id, sam.id);
    const { id } = await record(clientId, 'PHQ-9', phq9(0));
    const { db } = treatment;
    await expect(db.query('update screening set signed_at = now() where id = $1', [id])).rejects.toThrow(
      'does not change',
    );
    const waiting = await record(clientId, 'PHQ-9', phq9(1));
    await expect(db.query('update screening set total = 0 where id = $1', [waiting.id])).rejects.toThrow(
      'permission denied',
    );
  });
});

describe('a C-SSRS', () => {
  it('that is high opens a crisis of level 1, and the tier is CRISIS, with the records behind it', async () => {
    const clientId = await treatment.assign(maria.id, sam.id);
    const { id } = await record(clientId, 'C-SSRS', { 1: 1, 2: 1, 3: 0, 4: 1 });
    const { openCrisisAlerts, nextSteps, risk } = await page(clientId);
    expect(openCrisisAlerts).toMatchObject([{ level: 1, cause: 'SUICIDE_RISK', screening: { id } }]);
    expect(nextSteps.map(({ what }) => what)).toEqual(['STAY_AND_WARM_TRANSFER', 'SAFETY_PLAN']);
    expect(risk).toMatchObject({ tier: 'CRISIS', points: 200 });
    expect(risk.drivers).toMatchObject([
      { code: 'C_SSRS_HIGH', points: 100, sourceType: 'Screening', sourceId: id },
      { code: 'OPEN_CRISIS', points: 100, sourceType: 'CrisisAlert', sourceId: openCrisisAlerts[0]?.id },
    ]);
    const facts = await treatment.db.query<{ type: string; payload: object }[]>(
      'select type, payload from outbox where key = $1 order by seq',
      [clientId],
    );
    expect(facts.map(({ type }) => type)).toEqual(['ScreeningScored', 'CrisisOpened', 'RiskTierChanged']);
    expect(facts[1]?.payload).toMatchObject({ level: 1, caseManagerId: maria.id, supervisorId: sam.id });
    expect(facts[2]?.payload).toEqual({ clientId, tier: 'CRISIS' });

    // The same answers again: the crisis is open already, and the tier is the same.
    await record(clientId, 'C-SSRS', { 1: 1, 2: 1, 3: 0, 4: 1 });
    expect((await page(clientId)).openCrisisAlerts).toHaveLength(1);
    const again: unknown[] = await treatment.db.query('select type from outbox where key = $1', [clientId]);
    expect(again).toHaveLength(4);
  });

  it('that is high twice at the same moment opens one crisis', async () => {
    const clientId = await treatment.assign(maria.id, sam.id);
    await Promise.all([1, 2].map(() => record(clientId, 'C-SSRS', { 1: 1, 2: 1, 5: 1 })));
    expect((await page(clientId)).openCrisisAlerts).toHaveLength(1);
  });

  it('that is moderate asks for a review on the same day, a safety plan and contact in 72 hours', async () => {
    const clientId = await treatment.assign(maria.id, sam.id);
    await record(clientId, 'C-SSRS', { 1: 1, 2: 1, 3: 1, 4: 0, 5: 0, 6: 0 });
    const { nextSteps, openCrisisAlerts } = await page(clientId);
    expect(openCrisisAlerts).toMatchObject([{ level: 2 }]);
    expect(nextSteps.map(({ what, due, owner }) => [what, due, owner.id])).toEqual([
      ['CLINICIAN_REVIEW', '2026-11-22T05:00:00.000Z', sam.id],
      ['SAFETY_PLAN', '2026-11-22T05:00:00.000Z', maria.id],
      ['FOLLOW_UP_CONTACT', '2026-11-24T08:00:00.000Z', maria.id],
    ]);
  });
});

describe('other results', () => {
  it.each([
    [
      'AUDIT',
      { 1: 4, 2: 4, 3: 4, 4: 4, 5: 4, 6: 0, 7: 0, 8: 0, 9: 0, 10: 0 },
      ['WITHDRAWAL_CHECK', 'ASAM_ASSESSMENT'],
    ],
    ['AUDIT-C', { 1: 1, 2: 1, 3: 1 }, ['AUDIT']],
    ['PHQ-2', { 1: 3, 2: 3 }, ['PHQ_9']],
    [
      'DAST-10',
      { ...Object.fromEntries(Array.from({ length: 10 }, (_, at) => [at + 1, at === 2 ? 1 : 0])), 11: 4 },
      ['NALOXONE_OFFER'],
    ],
    ['PC-PTSD-5', { 1: 0 }, []],
  ])('of %s %j set off %j', async (instrument, values, expected) => {
    const clientId = await treatment.assign(maria.id, sam.id);
    await record(clientId, instrument, values);
    expect(await whats(clientId)).toEqual(expected);
  });

  it('of social domains propose needs, which go away when the need is recorded', async () => {
    const clientId = await treatment.assign(maria.id, sam.id);
    await record(clientId, 'AHC-HRSN', { 1: 2, 2: 0, 3: 1, 4: 0, 5: 0, 6: 0, 7: 1, 8: 1, 9: 1, 10: 1 });
    const proposed = async () =>
      (await page(clientId)).nextSteps.map(({ needCategory }) => needCategory).sort();
    expect(await proposed()).toEqual(['FOOD_INSECURITY', 'HOMELESSNESS']);
    expect((await page(clientId)).risk).toMatchObject({ tier: 'HIGH', drivers: [{ code: 'UNSHELTERED' }] });
    const need = { needId: uuidV7(now), clientId, caseId: uuidV7(now), category: 'HOMELESSNESS' };
    await treatment.tell('clients', needRecorded.of(clientId, now, need));
    expect(await proposed()).toEqual(['FOOD_INSECURITY']);
  });

  it('are taken back by a correction that does not have them', async () => {
    const clientId = await treatment.assign(maria.id, sam.id);
    const { id } = await record(clientId, 'PHQ-2', { 1: 3, 2: 3 });
    await record(clientId, 'PHQ-2', { 1: 0, 2: 0 }, { supersedes: id });
    expect(await whats(clientId)).toEqual([]);
  });

  it('keep one open step of a kind, with the earlier time', async () => {
    const clientId = await treatment.assign(maria.id, sam.id);
    await record(clientId, 'PC-PTSD-5', { 1: 1, 2: 1, 3: 1, 4: 1, 5: 0, 6: 0 });
    await record(clientId, 'GAD-7', { 1: 3, 2: 3, 3: 3, 4: 3, 5: 3, 6: 3, 7: 3 });
    expect((await page(clientId)).nextSteps).toMatchObject([
      // Monday, the next business day after the Saturday.
      { what: 'CLINICIAN_REVIEW', due: '2026-11-24T05:00:00.000Z', version: 2 },
    ]);
  });

  it('leave the step that another result asks for, also when the first is corrected', async () => {
    const clientId = await treatment.assign(maria.id, sam.id);
    const anxious = { 1: 3, 2: 3, 3: 3, 4: 3, 5: 3, 6: 3, 7: 3 };
    const { id } = await record(clientId, 'GAD-7', anxious);
    await record(clientId, 'PC-PTSD-5', { 1: 1, 2: 1, 3: 1, 4: 1, 5: 0, 6: 0 });
    const reasons = async () => (await page(clientId)).nextSteps.map(({ what, why }) => `${what} ${why}`);
    expect(await reasons()).toEqual(['CLINICIAN_REVIEW ANXIETY_SEVERE']);
    await record(clientId, 'GAD-7', { ...anxious, 1: 0, 2: 0, 3: 0, 4: 0 }, { supersedes: id });
    expect(await reasons()).toEqual(['CLINICIAN_REVIEW PTSD_POSITIVE']);
  });
});

describe('a step', () => {
  const COMPLETE = `mutation ($input: CompleteNextStepInput!) { completeNextStep(input: $input) { __typename
    ... on NextStep { status note closedBy { id } } ... on InvalidInput { issues { path code } } ... on Problem { message } } }`;
  const complete = async (viewer: typeof maria, input: object) =>
    (await treatment.ask<{ completeNextStep: Scored }>(viewer, COMPLETE, { input })).data.completeNextStep;

  it('is completed once, by somebody who works with the client', async () => {
    const clientId = await treatment.assign(maria.id, sam.id);
    await record(clientId, 'AUDIT', { 1: 4, 2: 4, 3: 0, 4: 0, 5: 0, 6: 0, 7: 0, 8: 0, 9: 0, 10: 0 });
    const [step] = (await page(clientId)).nextSteps;
    const input = { id: step?.id, expectedVersion: 1, result: 'NOT_NEEDED' };
    expect(await complete(staff('CASE_MANAGER'), input)).toMatchObject({ __typename: 'NotFound' });
    expect(await complete(maria, input)).toMatchObject({ issues: [{ path: 'note', code: 'REQUIRED' }] });
    const done = { ...input, result: 'DONE', note: 'Talked for ten minutes.' };
    expect(await complete(maria, done)).toMatchObject({ status: 'DONE', closedBy: { id: maria.id } });
    expect((await complete(maria, { ...done, expectedVersion: 2 })).__typename).toBe('InvalidTransition');
    expect((await complete(maria, done)).__typename).toBe('StaleVersion');
  });

  it('that another record completes is not completed by hand', async () => {
    const clientId = await treatment.assign(maria.id, sam.id);
    await record(clientId, 'PHQ-2', { 1: 3, 2: 3 });
    const [step] = (await page(clientId)).nextSteps;
    expect(await complete(maria, { id: step?.id, expectedVersion: 1, result: 'DONE' })).toMatchObject({
      issues: [{ path: 'result', code: 'DONE_ELSEWHERE' }],
    });
    await record(clientId, 'PHQ-9', phq9(0));
    await eventually(async () => expect(await whats(clientId)).toEqual([]));
  });
});

describe('a trend', () => {
  it('says whether the change is reliable, a response and a remission', async () => {
    const clientId = await treatment.assign(maria.id, sam.id);
    const totals = [18, 12, 4];
    for (const [at, total] of totals.entries()) {
      const values = Object.fromEntries(Array.from({ length: 9 }, (_, item) => [item + 1, 0]));
      for (let item = 1, left = total; left > 0; item += 1, left -= 3) values[item] = Math.min(3, left);
      await record(clientId, 'PHQ-9', values, { administeredOn: `2026-0${String(at + 7)}-01` });
    }
    const query = `query ($c: ID!) { _entities(representations: [{ __typename: "Client", id: $c }]) { ... on Client {
      screeningTrend(instrument: "PHQ-9") { points { on total screening { band } }
        change { points percentLower reliable response remission meaning } }
      none: screeningTrend(instrument: "GAD-7") { instrument } } } }`;
    const { data } = await treatment.ask<{ _entities: [{ screeningTrend: { change: object } }] }>(
      maria,
      query,
      { c: clientId },
    );
    expect(data._entities[0]).toMatchObject({
      none: null,
      screeningTrend: {
        points: [
          { on: '2026-07-01', total: 18 },
          { total: 12 },
          { total: 4, screening: { band: 'MINIMAL' } },
        ],
        change: {
          ...{ points: -14, percentLower: 78, reliable: 'IMPROVED', response: true, remission: true },
          meaning:
            'PHQ-9 fell from 18 to 4 between 2026-07-01 and 2026-09-01. This is a reliable improvement, and a response and a remission.',
        },
      },
    });
  });
});
