import { randomUUID } from 'node:crypto';
import * as facts from '@throughline/events';
import type { Fact } from '@throughline/events';
import { followUp } from '../aftercare/follow-up/keep-up.ts';
import { staff, testTreatment, type TestTreatment } from '../treatment.harness.ts';
import { catalogue, definitionOf } from './catalogue/catalogue.ts';
import { measureCodes, type MeasureCode, type MeasureSpec } from './catalogue/measure-code.ts';
import type { Counts } from './figure/figure.ts';
import { MeasureReader } from './figure/measure-reader.ts';
import { at, people, toldOf, toldOfStaff, type Person, type Staff } from './forty-clients.ts';
import { writeRecords } from './forty-records.ts';
import { usualTimeouts } from '@throughline/runtime';

const timeZone = 'America/New_York';
const now = at('10-01T15:00:00');
const maria = staff('CASE_MANAGER');
const sam = staff('SUPERVISOR');
const analyst = staff('QUALITY_ANALYST');
const team: Staff = { maria: maria.id, omar: randomUUID(), sam: sam.id };
const forty = people(team);
const told = forty.map((person) => toldOf(person, team));
const period = { from: '2026-01-01', to: '2026-03-31' };

let treatment: TestTreatment;
let reader: MeasureReader;
/** As the facts above lead to them. */
let rowsAtFirst: unknown[];

beforeAll(async () => {
  treatment = await testTreatment({ now });
  reader = new MeasureReader({ url: treatment.database.appUrl, poolSize: 1, timeouts: usualTimeouts });
  await treatment.db.transaction(async (tx) => {
    for (const person of forty) await writeRecords(tx, person);
  });
  await tell(treatment, told.flat());
  await tell(treatment, toldOfStaff(team));
  await tell(treatment, await ownFactsOf(treatment, forty));
  rowsAtFirst = await rowsIn(treatment);
});
afterAll(async () => {
  await reader.close();
  await treatment.close();
});

/** Each service tells its own facts. */
async function tell({ service: _, ...to }: TestTreatment, all: readonly Fact[]): Promise<void> {
  for (const [source, own] of Map.groupBy(all, ({ topic }) => facts.contextOf(topic)))
    await to.tell(source, ...own);
}

/** The follow-ups of the records, and one fact of this service about each client. */
async function ownFactsOf({ db }: TestTreatment, clients: readonly Person[]): Promise<Fact[]> {
  const all: Fact[] = [];
  for (const { id } of clients)
    await db.transaction(async (tx) => all.push(...(await followUp(tx, id, { now, timeZone }))));
  return [...all, ...clients.map(({ id }) => facts.stayCorrected.of(id, now, { stayId: id, clientId: id }))];
}

const rowsIn = async ({ db }: TestTreatment): Promise<unknown[]> =>
  db.query('select * from measure_case order by measure, spec, key');

async function count(code: MeasureCode, spec: MeasureSpec): Promise<Partial<Counts>> {
  const question = {
    definition: definitionOf(code),
    spec,
    period,
    by: null,
    staffId: null,
    today: '2026-10-01',
  };
  const [whole] = await reader.counts(question);
  return whole ?? {};
}

/** Denominator, numerator and exclusions, made by hand. */
const right: [MeasureCode, MeasureSpec, [number, number, number]][] = [
  ['FUH_7', 'ALIGNED', [16, 10, 4]],
  ['FUH_30', 'ALIGNED', [16, 13, 4]],
  ['FUM_7', 'ALIGNED', [12, 6, 0]],
  ['FUM_30', 'ALIGNED', [12, 10, 0]],
  ['FUA_7', 'ALIGNED', [12, 3, 0]],
  ['FUA_30', 'ALIGNED', [12, 4, 0]],
  ['IET_INITIATION', 'HEDIS_IET', [11, 7, 0]],
  ['IET_ENGAGEMENT', 'HEDIS_IET', [11, 4, 0]],
  ['IET_INITIATION', 'CMS137', [11, 7, 0]],
  ['IET_ENGAGEMENT', 'CMS137', [11, 4, 0]],
  ['SNS', 'ALIGNED', [12, 5, 0]],
  ['DEPRESSION_SCREENING', 'ALIGNED', [40, 7, 1]],
  ['READMISSION', 'ALIGNED', [19, 1, 1]],
  ['RELEASE_7', 'ALIGNED', [12, 6, 0]],
  ['AGAINST_ADVICE_24H', 'ALIGNED', [12, 3, 0]],
  ['REFERRAL_RESPONSE', 'ALIGNED', [12, 9, 1]],
  ['REFERRAL_ACCEPTANCE', 'ALIGNED', [11, 9, 0]],
  ['REFERRAL_FIRST_RESPONSE', 'ALIGNED', [14, 12, 0]],
  ['REFERRAL_FIRST_RESPONSE_BUSINESS', 'ALIGNED', [14, 12, 0]],
  ['FIRST_CONTACT', 'ALIGNED', [20, 11, 0]],
  ['SERVICE_AFTER_ACCEPTANCE', 'ALIGNED', [9, 7, 0]],
  ['FIRST_APPOINTMENT', 'ALIGNED', [20, 15, 0]],
  ['LOOP_CLOSURE', 'ALIGNED', [13, 10, 1]],
  ['NEED_RESOLVED', 'ALIGNED', [12, 7, 0]],
  ['REROUTE_RESCUE', 'ALIGNED', [3, 1, 0]],
  ['NO_SHOW', 'ALIGNED', [8, 2, 0]],
  ['CONTACT_24H', 'ALIGNED', [19, 6, 1]],
  ['CONTACT_72H', 'ALIGNED', [18, 9, 2]],
  ['CONTACT_7D', 'ALIGNED', [18, 10, 2]],
  ['CONTACT_30D', 'ALIGNED', [17, 11, 3]],
  ['CRISIS_ACKNOWLEDGEMENT', 'ALIGNED', [12, 9, 0]],
  ['CADENCE', 'ALIGNED', [432, 28, 0]],
  ['PLAN_QUALITY', 'ALIGNED', [15, 14, 0]],
  ['PHQ9_RESPONSE', 'ALIGNED', [12, 8, 0]],
  ['PHQ9_REMISSION', 'ALIGNED', [12, 5, 0]],
  ['GAD7_RESPONSE', 'ALIGNED', [11, 6, 0]],
  ['GAD7_REMISSION', 'ALIGNED', [11, 3, 0]],
  ['HOUSING_EXIT', 'ALIGNED', [12, 4, 0]],
  ['EMPLOYMENT_GAIN', 'ALIGNED', [11, 5, 0]],
  ['DAYS_USED', 'ALIGNED', [12, 8, 0]],
  ['CASELOAD_OVER', 'ALIGNED', [149, 89, 0]],
  ['CONSENT_BLOCKED', 'ALIGNED', [15, 2, 0]],
  ['DISCLOSURE_WITHOUT_BASIS', 'ALIGNED', [13, 1, 0]],
];

describe('the figures of 40 clients whose right values are known', () => {
  it.each(right)('%s by %s', async (code, spec, [denominator, numerator, exclusions]) => {
    expect(await count(code, spec)).toMatchObject({ denominator, numerator, exclusions });
  });

  it.each<[MeasureCode, Partial<Counts>]>([
    ['REFERRAL_FIRST_RESPONSE', { median: 735, p90: expect.closeTo(4032) as number }],
    ['CRISIS_ACKNOWLEDGEMENT', { median: 4, p95: 90 }],
    ['FIRST_APPOINTMENT', { median: 5 }],
    ['DAYS_USED', { median: -15 }],
  ])('%s tells the middle and the long ones', async (code, expected) => {
    expect(await count(code, 'ALIGNED')).toMatchObject(expected);
  });

  it('are there for every measure that has figures', () => {
    const known = right.map(([code, spec]) => `${code} ${spec}`).sort();
    const all = catalogue.filter(({ notYet }) => notYet === null);
    expect(known).toEqual(
      all.flatMap(({ code, specs }) => specs.map(({ spec }) => `${code} ${spec}`)).sort(),
    );
    expect(catalogue.map(({ code }) => code)).toEqual([...measureCodes]);
  });
});

const REPORT = `query ($code: MeasureCode!, $spec: MeasureSpec, $period: MeasurePeriodInput!, $by: MeasureStratum, $first: Int, $after: String) {
  measure(code: $code, spec: $spec, period: $period, by: $by) {
    spec specVersion computedAt definition { name source }
    total { ...figure rows(first: $first, after: $after) {
      edges { node { client { id } subjectType counts startsOn } } pageInfo { hasNextPage endCursor } someWithheld notice } }
    breakdown { ...figure }
  } }
  fragment figure on MeasureFigure { stratum numerator denominator exclusions rate suppressed }`;

interface Report {
  measure: {
    spec: string;
    definition: { name: string };
    total: {
      numerator: number | null;
      denominator: number | null;
      exclusions: number | null;
      suppressed: boolean;
      rows: Rows;
    };
    breakdown: { stratum: string; denominator: number | null; suppressed: boolean }[];
  };
}
interface Rows {
  edges: { node: { client: { id: string }; counts: string } }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  someWithheld: boolean;
  notice: string | null;
}

describe('a report', () => {
  it('says what was counted, and calls it aligned', async () => {
    const { measure } = await treatment.get<Report>(analyst, REPORT, { code: 'FUH_7', period });
    expect(measure).toMatchObject({
      ...{ spec: 'ALIGNED', specVersion: '1', computedAt: now.toISOString(), breakdown: [] },
      definition: { name: 'FUH-aligned indicator (not an NCQA-certified HEDIS rate), 7 days' },
      total: { numerator: 10, denominator: 16, exclusions: null, rate: 0.625, suppressed: false },
    });
  });

  it('hides what stands for fewer than 11 people, and what would give it away', async () => {
    const by = async (stratum: string) =>
      (await treatment.get<Report>(analyst, REPORT, { code: 'CADENCE', period, by: stratum })).measure
        .breakdown;
    expect(await by('PROGRAM')).toMatchObject([
      { stratum: 'BRIDGE', denominator: null, suppressed: true },
      { stratum: 'RIVER', denominator: null, suppressed: true },
    ]);
    expect(await by('HOUSING')).toMatchObject([
      { stratum: 'HOMELESS', denominator: 132, suppressed: false },
      { stratum: 'NOT_HOMELESS', denominator: 300, suppressed: false },
    ]);
    expect(await by('TEAM')).toMatchObject([{ stratum: sam.id, denominator: 432 }]);
    const few = await treatment.get<Report>(analyst, REPORT, { code: 'NO_SHOW', period });
    expect(few.measure.total).toMatchObject({
      numerator: null,
      denominator: null,
      exclusions: null,
      suppressed: true,
    });
  });

  it('is refused for days, and without the rules where there are two', async () => {
    const message = async (variables: object) => {
      const { errors } = await treatment.ask(analyst, REPORT, {
        code: 'IET_INITIATION',
        period,
        ...variables,
      });
      return [errors[0]?.extensions?.code, errors[0]?.message];
    };
    expect(await message({})).toEqual([
      'BAD_USER_INPUT',
      'spec of IET_INITIATION must be one of HEDIS_IET, CMS137',
    ]);
    const spec = 'CMS137';
    for (const wrong of [
      { from: '2026-01-02', to: '2026-01-31' },
      { from: '2026-02-01', to: '2026-01-31' },
    ])
      expect(await message({ spec, period: wrong })).toEqual([
        'BAD_USER_INPUT',
        expect.stringContaining('first day of a month'),
      ]);
    expect(await message({ spec, period: { from: '2024-01-01', to: '2026-01-31' } })).toEqual([
      'BAD_USER_INPUT',
      expect.stringContaining('24 months'),
    ]);
  });

  it('is for who leads, and the own one for the person alone', async () => {
    const { errors } = await treatment.ask(maria, REPORT, { code: 'FUH_7', period });
    expect(errors[0]?.extensions?.code).toBe('FORBIDDEN');
    const mine = `query ($p: MeasurePeriodInput!) { myMeasure(code: FUM_7, period: $p) { total { denominator } } }`;
    const own = async (viewer: typeof maria) =>
      (await treatment.get<{ myMeasure: { total: { denominator: number } } }>(viewer, mine, { p: period }))
        .myMeasure.total;
    expect(await own(maria)).toEqual({ denominator: 0 });
    expect(await own(staff('CASE_MANAGER', team.omar))).toEqual({ denominator: 12 });
  });

  it('has figures for every measure', async () => {
    const { measures } = await treatment.get<{ measures: { availability: string; notYet: string | null }[] }>(
      maria,
      '{ measures { availability notYet } }',
    );
    expect(measures).toEqual(catalogue.map(() => ({ availability: 'AVAILABLE', notYet: null })));
  });
});

describe('the rows behind a number', () => {
  const ask = async (viewer: typeof maria, more: object = {}) =>
    (await treatment.get<Report>(viewer, REPORT, { code: 'FUM_7', period, ...more })).measure.total;

  it('come in pages to a supervisor of the team', async () => {
    const first = (await ask(sam, { first: 5 })).rows;
    const rest = (await ask(sam, { first: 100, after: first.pageInfo.endCursor })).rows;
    expect(first).toMatchObject({ pageInfo: { hasNextPage: true }, someWithheld: false, notice: null });
    const all = [...first.edges, ...rest.edges].map(({ node }) => node);
    expect(new Set(all.map(({ client }) => client.id)).size).toBe(12);
    expect(all.filter(({ counts }) => counts === 'MET')).toHaveLength(6);
  });

  it('are withheld from an analyst, who is told so', async () => {
    const { denominator, rows } = await ask(analyst);
    expect(denominator).toBe(12);
    expect(rows).toMatchObject({
      edges: [],
      someWithheld: true,
      notice: expect.stringContaining('may not read') as string,
    });
  });

  it('become fewer for a viewer who lost a client between the figure and its rows, and the viewer is told so', async () => {
    const lost = forty[20]!;
    const reassigned = {
      clientId: lost.id,
      caseId: lost.caseId,
      caseManagerId: randomUUID(),
      supervisorId: randomUUID(),
    };
    await treatment.tell('clients', facts.caseManagerAssigned.of(lost.id, now, reassigned));
    const { denominator, rows } = await ask(sam, { first: 100 });
    expect(denominator).toBe(12);
    expect(rows.edges).toHaveLength(11);
    expect(rows).toMatchObject({
      someWithheld: true,
      notice: expect.stringContaining('no longer may') as string,
    });
  });
});

/** The last one: it tells the same keys further facts. */
describe('facts that arrive in another order across their keys', () => {
  it('lead to the same rows', async () => {
    const other = await testTreatment({ now });
    try {
      await other.db.transaction(async (tx) => copyRecords(tx.query.bind(tx)));
      const own = forty.map(({ id }) => facts.stayCorrected.of(id, now, { stayId: id, clientId: id }));
      await tell(other, [...own, ...toldOfStaff(team).toReversed().sort(byTime)]);
      for (const one of told.toReversed())
        await tell(other, [...Map.groupBy(one, ({ key }) => key).values()].reverse().flat());
      expect(await rowsIn(other)).toEqual(rowsAtFirst);
    } finally {
      await other.close();
    }
  });

  const byTime = (a: Fact, b: Fact) => +a.occurredAt - +b.occurredAt;

  /** The records of this service are the same; only what is heard comes in another order. */
  async function copyRecords(query: (sql: string, values: unknown[]) => Promise<unknown>): Promise<void> {
    const tables = [
      'episode',
      'stay',
      'visit',
      'screening',
      'diagnosis',
      'crisis_alert',
      'outcome_data',
      'care_plan',
      'goal',
      'follow_up_obligation',
    ];
    for (const table of tables) {
      const rows: unknown = await treatment.db.query(
        `select coalesce(json_agg(t), '[]') as rows from ${table} t`,
      );
      const [{ rows: all } = { rows: [] }] = rows as { rows: unknown[] }[];
      await query(`insert into ${table} select * from json_populate_recordset(null::${table}, $1::json)`, [
        JSON.stringify(all),
      ]);
    }
  }
});
