import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { startChild, type Child } from '@throughline/runtime/child-process';
import { freePort, isPortFree } from '@throughline/runtime/local-machine';
import pg from 'pg';
import { findBinaries, type Binaries } from './binaries.ts';
import type { FindPostgresOptions, Postgres } from './postgres.ts';
import { reachableDataDir } from './data-dir.ts';
import { recordedPid, refuseSecondServer } from './postmaster.ts';
import { giveTo, serverUser, type User } from './unprivileged.ts';

const READY_WITHIN_MS = 30_000;
const STOP_WITHIN_MS = 10_000;
const LOCALE = { LC_ALL: 'C', LANG: 'C' };

interface Cluster {
  directory: string;
  password: string;
}

export interface EmbeddedPostgres extends Postgres {
  /** Immediate shutdown: no checkpoint, nobody is told; the next start on the same data recovers from the log. */
  crash(): Promise<void>;
}

/** Runs the bundled PostgreSQL on this machine, on 127.0.0.1 only. */
export async function startEmbedded(options: FindPostgresOptions): Promise<EmbeddedPostgres> {
  const { port = await freePort(), log } = options;
  if (!(await isPortFree(port))) {
    throw new Error(
      `Port ${port} is taken by another program, so PostgreSQL cannot listen there: stop that program, choose another port, or set POSTGRES_URL to a server that should be used`,
    );
  }
  const user = serverUser();
  const binaries = await findBinaries(user, log);
  const home = options.dataDir
    ? await reachableDataDir(resolve(options.dataDir), user, log)
    : await mkdtemp(join(tmpdir(), 'throughline-postgres-'));
  await giveTo(user, home, 0o755);

  const cluster = await openCluster(home, binaries, user);
  await refuseSecondServer(cluster.directory);
  const server = await run(cluster, binaries, { port, user, fsync: options.fsync ?? true, log });
  return {
    url: urlOf(port, cluster.password),
    how: 'embedded',
    stop: async () => {
      await server.stop(STOP_WITHIN_MS);
      if (!options.dataDir) await rm(home, { recursive: true, force: true });
    },
    crash: async () => {
      const pid = await recordedPid(cluster.directory);
      if (pid !== undefined && server.isRunning()) process.kill(pid, 'SIGQUIT');
      await server.exited;
    },
  };
}

/** The cluster in `home`, made on the first start. */
async function openCluster(home: string, { initdb }: Binaries, user: User | undefined): Promise<Cluster> {
  const directory = join(home, 'cluster');
  const passwordFile = join(home, 'password');
  if (existsSync(join(directory, 'PG_VERSION')) && existsSync(passwordFile)) {
    return { directory, password: await readFile(passwordFile, 'utf8') };
  }

  const password = randomBytes(18).toString('base64url');
  await writeFile(passwordFile, password, { mode: 0o600 });
  await giveTo(user, passwordFile, 0o600);
  // Made elsewhere and moved: a start that is cut off leaves no half-made cluster behind.
  await rm(`${directory}.new`, { recursive: true, force: true });
  await initialise(initdb, `${directory}.new`, passwordFile, user);
  await rename(`${directory}.new`, directory);
  return { directory, password };
}

async function initialise(initdb: string, directory: string, passwordFile: string, user: User | undefined) {
  const settings = [
    '--username=postgres',
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    '--encoding=UTF8',
  ];
  // The built-in provider sorts the same on every machine, whatever locales it has.
  const locale = ['--no-locale', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  try {
    await promisify(execFile)(initdb, [`--pgdata=${directory}`, '--no-sync', ...settings, ...locale], {
      cwd: '/',
      env: { ...process.env, ...LOCALE },
      ...user,
    });
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    throw new Error(
      `PostgreSQL could not make its data directory ${directory}: ${stderr?.trim() ?? String(error)}`,
    );
  }
}

interface RunOptions {
  port: number;
  user: User | undefined;
  fsync: boolean;
  log: (line: string) => void;
}

async function run(cluster: Cluster, { postgres }: Binaries, options: RunOptions): Promise<Child> {
  const lastLines: string[] = [];
  const child = startChild(
    postgres,
    ['-D', cluster.directory, '-p', String(options.port), ...flags(options)],
    {
      stopSignal: 'INT',
      user: options.user,
      env: { ...process.env, ...LOCALE },
      cwd: '/',
      log: (line) => {
        lastLines.splice(0, Math.max(0, lastLines.length - 4));
        lastLines.push(line);
        if (/\b(PANIC|WARNING):/.test(line)) options.log(line);
      },
    },
  );
  try {
    await becomeReady(urlOf(options.port, cluster.password), child);
  } catch (error) {
    await child.kill();
    throw new Error(
      `PostgreSQL did not start: ${(error as Error).message}; its last words: ${lastLines.join(' | ')}`,
    );
  }
  return child;
}

function flags({ fsync }: RunOptions): string[] {
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=300',
    'timezone=UTC',
  ];
  if (!fsync) settings.push('fsync=off', 'synchronous_commit=off', 'full_page_writes=off');
  return settings.flatMap((setting) => ['-c', setting]);
}

async function becomeReady(url: string, child: Child): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (child.isRunning()) {
    if (await answers(url)) return;
    if (Date.now() > deadline) throw new Error(`it did not answer within ${READY_WITHIN_MS / 1000} s`);
    await new Promise((wake) => setTimeout(wake, 50));
  }
  throw new Error('it ended at once');
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function urlOf(port: number, password: string): string {
  return `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
}
