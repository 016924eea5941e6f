import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { importDirectory } from '@throughline/e2e/a-directory.ts';
import { startReceiver } from '@throughline/e2e/a-receiver.ts';
import { prepareProgram } from '@throughline/e2e/administrator.ts';
import * as shelter from '@throughline/e2e/partner-agency.ts';
import { startStorySystem, type StorySystem } from '@throughline/e2e/story-system.ts';
import { openBench, print, quantile } from './bench.ts';
import { tellStory, type People, type Step } from './story-steps.ts';

/** The story through the gateway, one after the other: time per step, and how soon facts are handled. */
const stories = 10;
const factsSql = `select id, extract(epoch from occurred_at)::float8 * 1000 as ms from outbox
  where occurred_at > $1`;
const handledSql = `select fact_id as id, extract(epoch from received_at)::float8 * 1000 as ms from inbox
  where received_at > $1`;

const bench = await openBench();
process.env.TEST_POSTGRES_URL = bench.postgresUrl;
process.env.TEST_KAFKA_BROKERS = bench.brokers.join(',');
try {
  const system = await startStorySystem();
  const receiver = await startReceiver();
  try {
    await importDirectory(system.databases);
    await prepareProgram(await system.as('ruth'));
    const people = {
      receiver,
      caseManager: await system.as('maria'),
      supervisor: await system.as('ines'),
      agency: await system.as('shelter-system'),
    };
    await shelter.subscribe(people.agency, receiver.url);
    await measure(system, people);
  } finally {
    receiver.close();
    await system.close();
  }
} finally {
  await bench.close();
}

async function measure(system: StorySystem, people: People): Promise<void> {
  await tellStory(people, (_name, work) => work());
  const since = new Date();
  const took = new Map<string, number[]>();
  const step: Step = async (name, work) => {
    const started = performance.now();
    const result = await work();
    took.set(name, [...(took.get(name) ?? []), performance.now() - started]);
    return result;
  };
  const whole: number[] = [];
  for (let n = 0; n < stories; n += 1) {
    const started = performance.now();
    await tellStory(people, step);
    whole.push(performance.now() - started);
  }
  await pause(3_000);
  print([...took].map(([name, values]) => [name, ms(quantile(values))]));
  print([['the whole story', ms(quantile(whole))]]);
  await printDelays(system, since);
}

async function printDelays({ databases }: StorySystem, since: Date): Promise<void> {
  const recorded = new Map<string, number>();
  const delays: number[] = [];
  for (const { appUrl } of Object.values(databases)) {
    for (const { id, ms: at } of await read(appUrl, factsSql, since)) recorded.set(id, at);
  }
  for (const [service, { appUrl }] of Object.entries(databases)) {
    const own = (await read(appUrl, handledSql, since)).flatMap(({ id, ms: at }) => {
      const from = recorded.get(id);
      return from === undefined ? [] : [at - from];
    });
    delays.push(...own);
    print([[`facts handled by ${service}`, figures(own)]]);
  }
  print([[`${recorded.size} facts, all services`, figures(delays)]]);
}

async function read(url: string, sql: string, since: Date): Promise<{ id: string; ms: number }[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<{ id: string; ms: number }>(sql, [since])).rows;
  } finally {
    await client.end();
  }
}

function figures(delays: readonly number[]): string {
  return `p50 ${ms(quantile(delays))}, p99 ${ms(quantile(delays, 0.99))} (${delays.length} deliveries)`;
}

function ms(value: number): string {
  return `${value.toFixed(0)} ms`;
}
