import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { startChild, type Child } from '@throughline/runtime/child-process';
import { freePort, isPortFree } from '@throughline/runtime/local-machine';
import { awaitReady } from './await-ready.ts';
import type { FindKafkaOptions, Kafka } from './kafka.ts';
import { findJars } from './jars.ts';
import { findJava } from './java.ts';
import { brokerProperties } from './properties.ts';

const READY_WITHIN_MS = 45_000;
const STOP_WITHIN_MS = 4500;
const QUIET = ['-Dorg.slf4j.simpleLogger.defaultLogLevel=warn'];

/** Runs one Kafka broker on this machine, on 127.0.0.1 only. */
export async function startFromJars(options: FindKafkaOptions): Promise<Kafka> {
  const { port = await freePort(), log, fastFailover = true } = options;
  const secure = options.secure && { secure: options.secure };
  if (!(await isPortFree(port))) {
    throw new Error(
      `Port ${port} is taken by another program, so Kafka cannot listen there: stop that program, choose another port, or set KAFKA_BROKERS to the brokers that should be used`,
    );
  }
  const java = await findJava();
  const classpath = join(await findJars(options.cacheDir, log), '*');
  const home = options.dataDir
    ? resolve(options.dataDir)
    : await mkdtemp(join(tmpdir(), 'throughline-kafka-'));
  await mkdir(home, { recursive: true });

  const properties = join(home, 'server.properties');
  const ports = { client: port, controller: await freePort(), advertised: options.advertisedPort ?? port };
  await writeFile(
    properties,
    brokerProperties({ logDir: join(home, 'log'), ports, fastFailover, ...secure }),
  );
  await formatOnce({ java, classpath, properties, home });

  const broker = await run({ java, classpath, properties, port, log });
  const discard = async () => {
    if (!options.dataDir) await rm(home, { recursive: true, force: true });
  };
  return {
    brokers: [`127.0.0.1:${port}`],
    how: 'jars',
    stop: () => broker.stop(STOP_WITHIN_MS).then(discard),
    kill: () => broker.kill().then(discard),
  };
}

interface Program {
  java: string;
  classpath: string;
  properties: string;
}

async function formatOnce({ java, classpath, properties, home }: Program & { home: string }): Promise<void> {
  // Written last, so a format that is cut off is done again.
  const done = join(home, 'formatted');
  if (existsSync(done)) return;

  await rm(join(home, 'log'), { recursive: true, force: true });
  const clusterId = Buffer.from(randomUUID().replaceAll('-', ''), 'hex')
    .toString('base64url')
    .replace(/^-/, 'A');
  const tool = ['-cp', classpath, 'kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', properties];
  try {
    await promisify(execFile)(java, ['-XX:TieredStopAtLevel=1', ...QUIET, ...tool]);
  } catch (error) {
    const lines = (error as { stderr?: string }).stderr?.split('\n') ?? [];
    const cause = lines.find((line) => line.startsWith('Exception')) ?? String(error);
    throw new Error(`Kafka could not prepare its data directory ${home}: ${cause}`);
  }
  await writeFile(done, clusterId);
}

async function run(program: Program & { port: number; log: (line: string) => void }): Promise<Child> {
  const { java, classpath, properties, port, log } = program;
  const lastLines: string[] = [];
  // Faults that pass while it starts are no news: they are told only when it does not start.
  const early: string[] = [];
  let tell = (line: string): void => void early.push(line);
  const settings = ['-Xmx384m', '-XX:+UseSerialGC', ...QUIET];
  const broker = startChild(java, [...settings, '-cp', classpath, 'kafka.Kafka', properties], {
    stopSignal: 'TERM',
    log: (line) => {
      lastLines.splice(0, Math.max(0, lastLines.length - 4));
      lastLines.push(line);
      if (/ (ERROR|FATAL) /.test(line)) tell(line);
    },
  });

  const ended = broker.exited.then(() => Promise.reject(new Error('it ended at once')));
  try {
    await Promise.race([awaitReady([`127.0.0.1:${port}`], READY_WITHIN_MS), ended]);
  } catch (error) {
    await broker.kill();
    const lines = new Set([...early.slice(0, 2), ...lastLines]);
    throw new Error(
      `Kafka did not start: ${(error as Error).message}; its last words: ${[...lines].join(' | ')}`,
    );
  }
  tell = log;
  ended.catch(() => undefined);
  return broker;
}
