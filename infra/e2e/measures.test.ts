import { addDays, dayIn } from '@throughline/privacy';
import { describeKafka, eventually, type GraphQLClient } from '@throughline/testing';
import { importDirectory } from './a-directory.ts';
import { prepareProgram } from './administrator.ts';
import { ask } from './ask.ts';
import * as maria from './case-manager.ts';
import { startStorySystem, type StorySystem } from './story-system.ts';

interface Figure {
  denominator: number | null;
  numerator: number | null;
  suppressed: boolean;
  rows: { edges: { node: { client: { id: string } | null; counts: string } }[]; notice: string | null };
}
interface Report {
  name: string;
  total: Figure;
  breakdown: { stratum: string; suppressed: boolean }[];
}

const CLIENTS = 11;
const reportQuery = `query ($code: MeasureCode!, $period: MeasurePeriodInput!, $by: MeasureStratum) {
  measure(code: $code, period: $period, by: $by) {
    total { denominator numerator suppressed rows(first: 50) { edges { node { client { id } counts } } notice } }
    breakdown { stratum suppressed }
  } }`;

describeKafka('measures of quality', () => {
  let system: StorySystem;
  let caseManager: GraphQLClient;
  let supervisor: GraphQLClient;
  let administrator: GraphQLClient;
  const clients: string[] = [];

  beforeAll(async () => {
    system = await startStorySystem();
    await importDirectory(system.databases);
    administrator = await system.as('ruth');
    await prepareProgram(administrator);
    caseManager = await system.as('maria');
    supervisor = await system.as('ines');
    for (let n = 0; n < CLIENTS; n += 1) clients.push(await discharged(n < 4));
  }, 300_000);
  afterAll(() => system.close());

  const act = async (name: string, input: object, fields: string) => {
    const inputType = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const mutation = `mutation ($input: ${inputType}!) { ${name}(input: $input) { __typename ${fields} ... on Problem { message } } }`;
    const found = await ask<{ __typename: string; id: string; message?: string }>(caseManager, mutation, {
      input,
    });
    if (found.message !== undefined) throw new Error(`${found.__typename}: ${found.message}`);
    return found;
  };
  const daysAgo = (days: number) => new Date(system.clock.now().getTime() - days * 86_400_000).toISOString();

  /** Somebody who left a psychiatric hospital 40 days ago, and was seen on the fourth day or not at all. */
  async function discharged(isSeen: boolean): Promise<string> {
    const { id: clientId } = await maria.registerClient(caseManager);
    const episode = await eventually(() =>
      act('startEpisode', { clientId, kind: 'MH' }, '... on Episode { id }'),
    );
    const hospital = { setting: 'PSYCH_HOSPITAL', reasons: ['MENTAL_HEALTH'], planned: false };
    const admission = { episodeId: episode.id, ...hospital, expectedVersion: 1, at: daysAgo(50) };
    const stay = await act('admitStay', admission, '... on Stay { id }');
    const how = { dischargeType: 'OTHER', endReason: 'CLIENT_DECISION', at: daysAgo(40) };
    await act('dischargeStay', { id: stay.id, expectedVersion: 1, ...how }, '... on Stay { id }');
    const visit = { clientId, setting: 'OUTPATIENT_CLINIC', reasons: ['MENTAL_HEALTH'], at: daysAgo(36) };
    if (isSeen) await act('recordVisit', visit, '... on Visit { id }');
    return clientId;
  }

  /** The months from the one of the discharges to this one. */
  const period = () => {
    const day = (ago: number) => dayIn('America/New_York', new Date(daysAgo(ago)));
    let to = day(0);
    while (!addDays(to, 1).endsWith('-01')) to = addDays(to, 1);
    return { from: day(41).replace(/..$/, '01'), to };
  };
  const read = (graph: GraphQLClient, by?: string) =>
    ask<Report>(graph, reportQuery, { code: 'FUH_7', period: period(), by });

  it('a supervisor sees the rate and the people behind it, an administrator the rate alone', async () => {
    await eventually(async () =>
      expect((await read(supervisor)).total).toMatchObject({ denominator: CLIENTS, numerator: 4 }),
    );
    const { rows } = (await read(supervisor)).total;
    const met = rows.edges.filter(({ node }) => node.counts === 'MET').map(({ node }) => node.client?.id);
    expect(met.sort()).toEqual(clients.slice(0, 4).sort());
    expect(rows.notice).toBeNull();
    const { total } = await read(administrator);
    expect(total).toMatchObject({ denominator: CLIENTS, numerator: 4, rows: { edges: [] } });
    expect(total.rows.notice).toContain('may not read');
  });

  it('a breakdown by what clients said at their registration has no number that stands for few people', async () => {
    const { breakdown } = await read(supervisor, 'POPULATION');
    expect(breakdown.map(({ stratum }) => stratum)).toEqual(['HOMELESS', 'MENTAL_HEALTH']);
    expect((await read(supervisor, 'LANGUAGE')).breakdown).toMatchObject([
      { stratum: 'es', suppressed: false },
    ]);
  });

  it('a case manager sees the own figures and nobody else', async () => {
    const mine =
      'query ($period: MeasurePeriodInput!) { myMeasure(code: FUH_7, period: $period) { total { denominator } } }';
    expect(await ask(caseManager, mine, { period: period() })).toEqual({ total: { denominator: CLIENTS } });
    expect(await ask(supervisor, mine, { period: period() })).toEqual({ total: { denominator: 0 } });
    await expect(read(caseManager)).rejects.toThrow();
  });
});
