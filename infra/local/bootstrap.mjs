// Plain JavaScript without dependencies: it runs before anything is installed, on any Node from 20.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';

const root = join(import.meta.dirname, '..', '..');
const marker = join(root, 'node_modules', '.throughline-installed');
// The database of `npm start`, unless DATABASE_URL gives another address.
const postgresPort = process.env.POSTGRES_PORT ?? '54329';
const ofReferrals = {
  DATABASE_URL: `postgres://referrals_app:local-app@127.0.0.1:${postgresPort}/throughline_referrals`,
};
const ofTreatment = {
  DATABASE_URL: `postgres://treatment_app:local-app@127.0.0.1:${postgresPort}/throughline_treatment`,
};
const commands = {
  install: null,
  start: { program: 'infra/local/src/start.ts' },
  test: { program: 'infra/local/src/test.ts' },
  mock: { program: 'infra/local/src/mock.ts' },
  secrets: { program: 'infra/local/src/print-secrets.ts' },
  token: { program: 'infra/sign-in/src/print-token.ts' },
  parked: { program: 'infra/local/src/parked.ts' },
  'projections:rebuild': { program: 'infra/local/src/rebuild.ts' },
  'restore:reconcile': { program: 'infra/local/src/reconcile.ts' },
  'restore:drill': { program: 'infra/local/src/drill/restore-drill.ts' },
  'webhook-secrets:rotate': {
    program: 'services/referrals/src/rotate-webhook-secrets.ts',
    defaults: ofReferrals,
  },
  'counseling-notes:rotate': {
    program: 'services/treatment/src/rotate-counseling-notes.ts',
    defaults: {
      COUNSELING_DATABASE_URL: `postgres://treatment_counseling:local-counseling@127.0.0.1:${postgresPort}/throughline_treatment`,
    },
  },
  'instruments:load': { program: 'services/treatment/src/load-instruments.ts', defaults: ofTreatment },
  'codes:load': { program: 'services/treatment/src/load-codes.ts', defaults: ofTreatment },
  'directory:import': { program: 'services/referrals/src/import.ts', defaults: ofReferrals },
};

const [name, ...args] = process.argv.slice(2);
const command = commands[name];
if (command === undefined) fail(`Unknown command ${name ?? ''}: one of ${Object.keys(commands).join(', ')}.`);
if (Number(process.versions.node.split('.')[0]) < 20) {
  fail(`Node ${process.versions.node} is too old to begin with: install Node 20 or newer.`);
}
installIfNeeded();
if (command) run(findNode(), [join(root, command.program), ...args]);

function installIfNeeded() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return;

  process.stderr.write('Installing dependencies (about a minute the first time) ...\n');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  // Not "npm ci": it refuses a lockfile that names a platform's package which a mirror does not carry yet.
  const { status, error } = spawnSync(
    npm,
    ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32',
    },
  );
  if (error) fail('npm was not found: install Node with npm.');
  if (status !== 0)
    fail('npm could not install the dependencies. Correct the fault that is printed above, and start again.');
  writeFileSync(marker, wanted);
}

/** Node 24 comes from the lockfile, so that every machine runs the same one. */
function findNode() {
  const { platform, arch } = process;
  const os = platform === 'win32' ? 'win' : platform;
  const require = createRequire(join(root, 'package.json'));
  for (const name of [`node-${os}-${arch}`, `node-bin-${os}-${arch}`]) {
    try {
      const manifest = require.resolve(`${name}/package.json`);
      return join(manifest, '..', platform === 'win32' ? 'bin/node.exe' : 'bin/node');
    } catch {
      // Not for this machine: try the next name.
    }
  }
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  return fail(
    `There is no Node 24 package for ${platform}-${arch}: install Node 24 yourself and start again.`,
  );
}

/** Ctrl-C reaches the program as well; it closes everything in order, and we leave when it has. */
function run(node, argv) {
  const bin = join(root, 'node_modules', '.bin');
  const separator = process.platform === 'win32' ? ';' : ':';
  const child = spawn(node, argv, {
    stdio: 'inherit',
    env: {
      ...command.defaults,
      ...process.env,
      PATH: `${bin}${separator}${process.env.PATH ?? ''}`,
      THROUGHLINE_ROOT: root,
    },
  });
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.on('SIGHUP', () => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}

function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
