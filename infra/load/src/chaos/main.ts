import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Ground } from './ground.ts';
import { wrongs, type Wrong } from './part.ts';
import { controls, shortRun, soak } from './profile.ts';
import { controlLine, reportOf, tableOf, type Report } from './report.ts';
import { run } from './run.ts';

/** The program that tries to break the backbone: see README.md. */
const { values: options } = parseArgs({
  options: {
    seed: { type: 'string' },
    json: { type: 'string' },
    soak: { type: 'boolean', default: false },
    controls: { type: 'boolean', default: false },
    wrong: { type: 'string' },
  },
});
const seed = Number(options.seed ?? Math.floor(Math.random() * 1e6));
const wrong = wrongs.find((name) => name === options.wrong);
if (options.wrong !== undefined && !wrong) fail(`--wrong is one of ${wrongs.join(', ')}`);
if (!Number.isInteger(seed)) fail('--seed is a whole number');

const mostSchedules = 3;
const logs = await mkdtemp(join(tmpdir(), 'throughline-chaos-log-'));
const say = (line: string): unknown => process.stderr.write(`${line}\n`);
const ground = await Ground.open(say);
const closeAndLeave = (): void => void ground.close().finally(() => process.exit(130));
process.once('SIGINT', closeAndLeave);
process.once('SIGTERM', closeAndLeave);

let reports: Report[];
try {
  reports = options.controls ? await runControls(wrongs) : [await runOne()];
} finally {
  await ground.close();
}
if (options.json) await writeFile(options.json, `${JSON.stringify(reports, null, 2)}\n`);
process.exitCode = await conclude();

async function runOne(): Promise<Report> {
  const name = wrong ?? (options.soak ? 'soak' : 'short run');
  const profile = wrong ? controls[wrong] : options.soak ? soak : shortRun;
  const report = reportOf(name, await run(ground, profile, seed, join(logs, 'processes.log')));
  process.stdout.write(tableOf(report));
  return report;
}

async function runControls(names: readonly Wrong[]): Promise<Report[]> {
  process.stdout.write('| Wrong way | Table | Schedules | Facts | Lost | Duplicates | Reordered |\n');
  process.stdout.write('| --- | --- | --- | --- | --- | --- | --- |\n');
  const all: Report[] = [];
  for (const name of names) {
    const tried = await untilRed(name);
    const last = tried.at(-1) ?? fail('no schedule');
    process.stdout.write(`${controlLine(name, last, tried.length)}\n`);
    all.push(last);
  }
  return all;
}

/** Where a kill strikes is chance, on a busy machine above all: what one schedule does not bring out gets two others. */
async function untilRed(name: Wrong): Promise<Report[]> {
  const tried: Report[] = [];
  while (tried.length < mostSchedules && tried.at(-1)?.verdict !== 'RED') {
    const log = join(logs, `${name}-${tried.length}.log`);
    tried.push(reportOf(name, await run(ground, controls[name], seed + tried.length, log)));
  }
  return tried;
}

/** 0 green, 1 red, 2 void. The controls are turned round: each must be red. */
async function conclude(): Promise<number> {
  const verdicts = reports.map(({ verdict }) => verdict);
  const code = options.controls
    ? Number(verdicts.some((verdict) => verdict !== 'RED'))
    : { GREEN: 0, RED: 1, VOID: 2 }[verdicts[0] ?? 'VOID'];
  if (code === 0) await rm(logs, { recursive: true, force: true });
  else say(`What the processes said: ${logs}`);
  return code;
}

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(64);
}
