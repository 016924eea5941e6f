import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..', '..');
const turbo = join(root, 'node_modules', 'turbo', 'bin', 'turbo');

/** Generates the client of front ends and its manifests; when nothing has changed this takes no time. */
export function generateClient(): void {
  const { status } = spawnSync(
    process.execPath,
    [turbo, 'run', 'codegen', '--filter=@throughline/graph-client', '--output-logs=errors-only'],
    { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  if (status !== 0) process.exit(status ?? 1);
}
