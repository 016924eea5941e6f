import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { NotAvailable } from './not-available.ts';

const VERSION = '4.4.0';
const CONTENTS = 'contents.json';
const POM = resolve(import.meta.dirname, '../pom.xml');
const REPOSITORY = resolve(import.meta.dirname, '../../..');
const FETCH_WITHIN_MS = 300_000;

const run = promisify(execFile);

/** The folder with Kafka's jars: from the cache if it is whole, else fetched by Maven. */
export async function findJars(cacheDir: string | undefined, log: (line: string) => void): Promise<string> {
  const cache =
    cacheDir ?? process.env.THROUGHLINE_CACHE ?? join(REPOSITORY, 'node_modules/.cache/throughline');
  const folder = join(cache, `kafka-${VERSION}`);
  const state = await stateOf(folder);
  if (state === 'whole') return folder;

  if (state === 'broken') {
    log(`The Kafka jars in ${folder} are not what was fetched; fetching them again`);
    await rm(folder, { recursive: true, force: true });
  }
  await fetchJars(cache, folder, log);
  return folder;
}

/** Compares the folder with the list of names and sizes written when it was fetched. */
async function stateOf(folder: string): Promise<'whole' | 'broken' | 'missing'> {
  if (!(await stat(folder).catch(() => undefined))) return 'missing';
  try {
    const expected = JSON.parse(await readFile(join(folder, CONTENTS), 'utf8')) as Record<string, number>;
    const found = await sizesIn(folder);
    const same = Object.entries(expected).every(([name, size]) => found[name] === size);
    return same && Object.keys(expected).length > 0 ? 'whole' : 'broken';
  } catch {
    return 'broken';
  }
}

async function sizesIn(folder: string): Promise<Record<string, number>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.jar'));
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  return Object.fromEntries(names.map((name, index) => [name, sizes[index] ?? 0]));
}

/** Fetches into another folder and renames it: a fetch that is cut off leaves nothing that looks complete. */
async function fetchJars(cache: string, folder: string, log: (line: string) => void): Promise<void> {
  await requireMaven();
  log(`Fetching Apache Kafka ${VERSION} with Maven, once (about 45 MB)`);
  await mkdir(cache, { recursive: true });
  const half = await mkdtemp(join(cache, 'fetch-'));
  try {
    await copyDependencies(half);
    await writeFile(join(half, CONTENTS), JSON.stringify(await sizesIn(half), null, 1));
    await rename(half, folder).catch(async (error: unknown) => {
      // Another process was faster.
      if ((await stateOf(folder)) !== 'whole') throw error;
    });
  } finally {
    await rm(half, { recursive: true, force: true });
  }
}

async function copyDependencies(outputDirectory: string): Promise<void> {
  const goal = [
    'dependency:copy-dependencies',
    `-DoutputDirectory=${outputDirectory}`,
    '-DincludeScope=runtime',
  ];
  try {
    await run('mvn', ['-q', '-B', '-f', POM, ...goal], {
      timeout: FETCH_WITHIN_MS,
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch (error) {
    const { stdout = '' } = error as { stdout?: string };
    const line = stdout.split('\n').find((text) => text.includes('[ERROR]'));
    throw new NotAvailable(
      `Maven could not fetch Apache Kafka (${line?.replace('[ERROR]', '').trim() ?? 'no reason given'}): give Maven a way to its repository, or set KAFKA_BROKERS`,
    );
  }
}

async function requireMaven(): Promise<void> {
  try {
    await run('mvn', ['-v']);
  } catch {
    throw new NotAvailable(
      'Apache Kafka is not fetched yet and Maven (mvn) is not installed: install Maven or a container engine, or set KAFKA_BROKERS',
    );
  }
}
