import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..', '..');
const turbo = join(root, 'node_modules', 'turbo', 'bin', 'turbo');

/** What is generated for a program that runs. `supergraphs`: for the gateway. `client`: for front ends, with its manifests. */
const workspaces = { supergraphs: '@throughline/gateway', client: '@throughline/graph-client' } as const;

/** Generates these parts. Takes half a second when nothing has changed; ends the process when the SDL is wrong. */
export function generate(...parts: (keyof typeof workspaces)[]): void {
  const filters = parts.map((part) => `--filter=${workspaces[part]}`);
  const { status } = spawnSync(
    process.execPath,
    [turbo, 'run', 'codegen', ...filters, '--output-logs=errors-only'],
    { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  if (status !== 0) process.exit(status ?? 1);
}
