import { importDirectory } from '@throughline/e2e/a-directory.ts';
import { prepareProgram } from '@throughline/e2e/administrator.ts';
import * as maria from '@throughline/e2e/case-manager.ts';
import { statementsOfSystem } from '@throughline/e2e/statements-of-system.ts';
import { startStorySystem } from '@throughline/e2e/story-system.ts';
import type { GraphQLClient } from '@throughline/testing';
import { openBench, print, quantile } from './bench.ts';
import { fill, fiveYears, week } from './client-page-fill.ts';
import { clientPage } from './client-page-query.ts';

/** The page of a client with everything on it: with a week of history, and with five years (3,000 entries). */
const rounds = Number(process.argv[2] ?? 150);
const warmUp = 20;

const bench = await openBench();
process.env.TEST_POSTGRES_URL = bench.postgresUrl;
process.env.TEST_KAFKA_BROKERS = bench.brokers.join(',');
try {
  const system = await startStorySystem();
  try {
    await importDirectory(system.databases);
    await prepareProgram(await system.as('ruth'));
    const graph = await system.as('maria');
    const ids = { 'a week': await aClient(graph), 'five years': await aClient(graph) };
    await fill(system.databases.treatment.appUrl, ids['five years'], fiveYears);
    await fill(system.databases.treatment.appUrl, ids['a week'], week);
    await measure(graph, ids);
  } finally {
    await system.close();
  }
} finally {
  await bench.close();
}

/** What a client has after the first days: plan, goal, screening, help and a question about it. */
async function aClient(graph: GraphQLClient): Promise<string> {
  const { id } = await maria.registerClient(graph);
  await maria.scorePhq9(graph, id);
  const plan = await maria.openCarePlan(graph, id);
  await maria.addGoal(graph, plan.id, { statementInClientWords: 'A door I can lock' });
  const help = `mutation Help($input: RecordGuidanceInput!) { recordGuidance(input: $input) { __typename } }`;
  const input = { clientId: id, kind: 'FORMS', what: 'Form', minutes: 20, result: 'Sent' };
  const { errors } = await graph(help, { input });
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  return id;
}

async function measure(graph: GraphQLClient, ids: Record<string, string>): Promise<void> {
  const took = new Map<string, number[]>(Object.keys(ids).map((name) => [name, []]));
  for (let n = -warmUp; n < rounds; n += 1) {
    for (const [name, id] of Object.entries(ids)) {
      const started = performance.now();
      await show(graph, id);
      if (n >= 0) took.get(name)?.push(performance.now() - started);
    }
  }
  for (const [name, times] of took) {
    const { length } = await statementsOfSystem(() => show(graph, ids[name] ?? ''));
    print([
      [name, `p50 ${ms(quantile(times))}, p95 ${ms(quantile(times, 0.95))}, ${String(length)} statements`],
    ]);
  }
  const ratio = (share: number) =>
    quantile(took.get('five years') ?? [], share) / quantile(took.get('a week') ?? [], share);
  print([['five years / a week', `p50 ${ratio(0.5).toFixed(2)}, p95 ${ratio(0.95).toFixed(2)}`]]);
}

async function show(graph: GraphQLClient, id: string): Promise<void> {
  const { data, errors } = await graph<{ client: { timeline: { edges: unknown[] } } }>(clientPage, { id });
  if (errors.length > 0 || !data?.client.timeline.edges.length) throw new Error(JSON.stringify(errors));
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}
