import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..', '..');
const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
const turbo = join(root, 'node_modules', 'turbo', 'bin', 'turbo');

// The client of front ends is generated code that runs, not types only; when nothing has changed this takes no time.
const generate = ['run', 'codegen', '--filter=@throughline/graph-client', '--output-logs=errors-only'];
const generated = spawnSync(process.execPath, [turbo, ...generate], {
  cwd: root,
  stdio: ['ignore', 'ignore', 'inherit'],
});
if (generated.status !== 0) process.exit(generated.status ?? 1);

/** Runs all tests, or those whose path fits the arguments: `npm test -- gateway/e2e`. */
const child = spawn(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    jest,
    '--config',
    join(root, 'infra/local/jest.config.mjs'),
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: 'inherit' },
);
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code) => process.exit(code ?? 1));
