import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { composeGraphs } from '@throughline/gateway/compose';
import { startIssuer } from '@throughline/gateway/equivalence/issuer.ts';
import { contestants, hiveVersion, type Contestant, type Ground } from './contestants.ts';
import { answerOf, ids, load, type Load, type Round } from './load.ts';
import { operations, type BenchOperation } from './operations.ts';
import { serve, stayOn, type Served } from './process.ts';
import { equalLoadTable, machine, throughputTable, type EqualLoad, type Row } from './report.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '6' },
    rate: { type: 'string', default: '300' },
    /** A folder into which `npm install @graphql-hive/gateway @graphql-hive/router-runtime` was done. */
    hive: { type: 'string' },
    /** Regular expression of the names of contestants; the stock gateway is needed for ratios. */
    only: { type: 'string' },
  },
});
const seconds = Number(values.seconds);
const warmSeconds = 6;
const equallyLoaded = ['stock @apollo/gateway', 'ours', 'ours, persisted', 'Hive Gateway --jit'];
const loadCore = 0;
const people = 50;

stayOn(loadCore);
const folder = await mkdtemp(join(tmpdir(), 'throughline-bench-'));
const issuer = await startIssuer();
const tokens = await Promise.all(Array.from({ length: people }, () => issuer.tokenFor('staff')));
const idOf = (operation: BenchOperation): string =>
  createHash('sha256').update(operation.query).digest('hex');

try {
  const hiveFolder = values.hive ?? null;
  say(`${machine()}${hiveFolder ? `, Hive Gateway ${hiveVersion(hiveFolder)}` : ', without Hive Gateway'}`);
  const field = contestants(hiveFolder).filter(
    ({ name }) => !values.only || new RegExp(values.only).test(name),
  );
  const rows = await withSubgraphs(0, (subgraphs, served) => throughput(field, subgraphs, served));
  say(
    `\n${throughputTable(
      rows,
      operations.map(({ name }) => name),
    )}\n`,
  );
  const loaded = await withSubgraphs(5, (subgraphs) =>
    equalLoad(
      field.filter(({ name }) => equallyLoaded.includes(name)),
      subgraphs,
    ),
  );
  say(`${values.rate} requests/s, caseload page, services answer after 5 ms:\n\n${equalLoadTable(loaded)}`);
} finally {
  await issuer.close();
  await rm(folder, { recursive: true });
}

async function withSubgraphs<Result>(
  delayMs: number,
  work: (url: string, served: Served) => Promise<Result>,
): Promise<Result> {
  const served = await serve({
    args: [join(import.meta.dirname, 'serve-subgraphs.ts')],
    core: loadCore,
    env: { EDGES: '20', IDS: String(ids), DELAY_MS: String(delayMs) },
  });
  try {
    return await work(served.url, served);
  } finally {
    await served.stop();
  }
}

/** Rounds of everybody in turn, so that a busy moment of the machine hits all alike. */
async function throughput(field: readonly Contestant[], subgraphs: string, services: Served): Promise<Row[]> {
  const rows = new Map<string, Row>();
  const expected = new Map<string, string>();
  for (let round = 0; round < Number(values.rounds); round += 1)
    for (const contestant of field) {
      const ground = await groundOf(subgraphs, expected);
      const served = await contestant.start(ground);
      try {
        for (const operation of operations)
          await measure(rows, { served, services, about: loadOf(contestant, operation), expected });
      } finally {
        await served.stop();
      }
    }
  return [...rows.values()];
}

interface Measured {
  served: Served;
  services: Served;
  about: Load;
  expected: Map<string, string>;
}

async function measure(
  rows: Map<string, Row>,
  { served, services, about, expected }: Measured,
): Promise<void> {
  const { contestant, operation } = about;
  await compare(served, about, expected);
  await load(served, { ...about, seconds: warmSeconds });
  const calls = await callsOf(services);
  const found = await loadWithoutFailure(served, about);
  const key = `${contestant.name}/${operation.name}`;
  const row = rows.get(key) ?? emptyRow(contestant, operation);
  rows.set(key, row);
  row.perCpuSecond.push(found.requests / found.cpuSeconds);
  row.p99.push(found.p99);
  row.callsPerOperation = ((await callsOf(services)) - calls) / found.requests;
  row.residentMb = Math.max(row.residentMb, served.residentMb());
  const full = ((found.cpuSeconds / found.seconds) * 100).toFixed(0);
  const score = (found.requests / found.cpuSeconds).toFixed(0);
  process.stderr.write(`${key}: ${score} per CPU-second, its core ${full} % busy\n`);
}

/** A failed request costs next to nothing, and would flatter who failed. */
async function loadWithoutFailure(served: Served, about: Load): Promise<Round> {
  const found = await load(served, about);
  const { contestant, operation } = about;
  if (found.failed > 0)
    throw new Error(`${contestant.name}/${operation.name}: ${found.failed} requests failed`);
  return found;
}

async function equalLoad(field: readonly Contestant[], subgraphs: string): Promise<EqualLoad[]> {
  const found = field.map((contestant) => {
    const row: EqualLoad = { contestant: contestant.name, p50: [], p99: [], max: 0, cpu: [] };
    return { contestant, row };
  });
  const [operation] = operations;
  if (!operation) return [];
  for (let round = 0; round < Number(values.rounds); round += 1)
    for (const { contestant, row } of found) {
      const served = await contestant.start(await groundOf(subgraphs, new Map()));
      const about = loadOf(contestant, operation);
      try {
        await load(served, { ...about, seconds: warmSeconds });
        const equal = { ...about, rate: Number(values.rate), seconds: seconds * 2 };
        const measured = await loadWithoutFailure(served, equal);
        row.p50.push(measured.p50);
        row.p99.push(measured.p99);
        row.cpu.push(measured.cpuSeconds / measured.seconds);
        row.max = Math.max(row.max, measured.max);
      } finally {
        await served.stop();
      }
    }
  return found.map(({ row }) => row);
}

/** The first contestant, the stock gateway, says what everybody has to answer. */
async function compare(served: Served, about: Load, expected: Map<string, string>): Promise<void> {
  for (const n of [1, 2, 500]) {
    const key = `${about.operation.operationName} ${n}`;
    const answer = await answerOf(served, about, n);
    if (about.contestant.name === 'bare node http') continue;
    const known = expected.get(key) ?? answer;
    expected.set(key, known);
    if (answer !== known)
      throw new Error(
        `${about.contestant.name} answers ${key} differently:\n${answer.slice(0, 300)}\n${known.slice(0, 300)}`,
      );
  }
}

async function groundOf(subgraphs: string, expected: ReadonlyMap<string, string>): Promise<Ground> {
  const sdl = composeGraphs().staff;
  const supergraphFile = join(folder, 'supergraph.graphql');
  const addressed = sdl.replaceAll(
    /(name: "(\w+)", url: )"[^"]*"/g,
    (_found, head: string, name: string) => `${head}"${subgraphs}/${name}"`,
  );
  await writeFile(supergraphFile, addressed);
  const manifestFile = join(folder, 'manifest.json');
  const manifest = operations.map(({ operationName, query }) => ({
    id: createHash('sha256').update(query).digest('hex'),
    name: operationName,
    type: 'query',
    body: query,
  }));
  await writeFile(
    manifestFile,
    JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations: manifest }),
  );
  const answers = operations.map(({ operationName }) => [
    operationName,
    expected.get(`${operationName} 1`) ?? '{}',
  ]);
  return {
    subgraphs,
    issuer,
    supergraphFile,
    manifestFile,
    hiveFolder: values.hive ?? null,
    answers: Object.fromEntries(answers) as Record<string, string>,
  };
}

function loadOf(contestant: Contestant, operation: BenchOperation): Load {
  return { contestant, operation, id: idOf(operation), tokens, seconds };
}

async function callsOf(services: Served): Promise<number> {
  return ((await services.ask()) as { calls: number }).calls;
}

function emptyRow({ name }: Contestant, operation: BenchOperation): Row {
  return {
    contestant: name,
    operation: operation.name,
    perCpuSecond: [],
    p99: [],
    callsPerOperation: 0,
    residentMb: 0,
  };
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
