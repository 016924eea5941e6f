import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newKeyPair, type Environment } from '@throughline/runtime';
import { freePort } from '@throughline/runtime/local-machine';

const root = join(import.meta.dirname, '../../..');
const owned = ['clients', 'treatment', 'referrals', 'notifications'];
const key = newKeyPair();

/** What the programs need to be read at all; the database of it does not exist. */
const complete: Environment = {
  PATH: process.env.PATH,
  KAFKA_BROKERS: '127.0.0.1:9',
  PORT: '0',
  LOG_LEVEL: 'warn',
  DATABASE_START_WAIT_MS: '700',
  VIEWER_PUBLIC_KEYS: key.publicKey,
  VIEWER_PRIVATE_KEY: key.privateKey,
  RELEASE_BASIS_PUBLIC_KEYS: newKeyPair().publicKey,
  RELEASE_BASIS_PRIVATE_KEY: newKeyPair().privateKey,
  POSTGRES_OWNER_PASSWORD: 'q8Wz',
  POSTGRES_APP_PASSWORD: 'x7Kq',
  POSTGRES_COUNSELING_PASSWORD: 'v3Nt',
  COUNSELING_DATABASE_URL: 'postgres://treatment_counseling:v3Nt@127.0.0.1:9/throughline',
};

interface Ended {
  code: number | null;
  stdout: string[];
  stderr: string[];
}

/** Runs a program to its end. */
async function run(program: string, env: Environment, args: string[] = []): Promise<Ended> {
  const child = spawn(process.execPath, [join(root, program), ...args], { cwd: root, env: { ...env } });
  const texts = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (texts.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (texts.stderr += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  const lines = (text: string) => text.split('\n').filter((line) => line !== '' && !line.includes('Warning'));
  return { code, stdout: lines(texts.stdout), stderr: lines(texts.stderr) };
}

describe('without a database', () => {
  let nowhere: string;

  beforeAll(async () => {
    nowhere = `postgres://clients_app:x7Kq@127.0.0.1:${await freePort()}/throughline`;
  });

  it.each([
    ...owned.map((service) => [`services/${service}/src/main.ts`, 'DATABASE_URL']),
    ...owned.map((service) => [`services/${service}/src/migrate.ts`, 'DATABASE_OWNER_URL']),
    ['infra/docker/migrate.mjs', 'POSTGRES_ADMIN_URL'],
  ] as [string, string][])('%s tells each attempt, and ends with one sentence', async (program, setting) => {
    const { code, stdout, stderr } = await run(program, { ...complete, [setting]: nowhere });
    expect(stderr).toEqual([
      `No database answers at ${new URL(nowhere).host}/throughline (ECONNREFUSED), after 0.7 s: start it, or correct ${setting}.`,
    ]);
    expect(stdout.length).toBeGreaterThan(0);
    for (const line of stdout)
      expect(line).toMatch(/attempt.*ECONNREFUSED|ECONNREFUSED.*attempt|"attempt":\d/);
    expect(code).toBe(1);
  });
});

describe('the gateway', () => {
  it('refuses with NODE_ENV=production what is for development', async () => {
    const env = { ...complete, NODE_ENV: 'production', QUERY_PAGE: 'on' };
    const { code, stdout, stderr } = await run('gateway/src/main.ts', env);
    expect({ code, stdout }).toEqual({ code: 1, stdout: [] });
    expect(stderr).toEqual([
      'The configuration has 2 fault(s):',
      expect.stringMatching(/^ {2}OIDC_ISSUER: http:\/\/localhost:4200 is for development: .*https/),
      expect.stringMatching(/^ {2}QUERY_PAGE: is for development/),
    ]);
  });
});

describe('npm start', () => {
  let dataDir: string;
  let other: Server;
  let taken: string;
  /** Free ports, so that a refusal is about what the test changes. */
  const ports: Record<string, string> = {};
  const names = [
    ...['STAFF_PORT', 'PARTNER_PORT', 'SIGN_IN_PORT', 'CLIENTS_PORT', 'TREATMENT_PORT', 'REFERRALS_PORT'],
    ...[
      'NOTIFICATIONS_PORT',
      'METRICS_PORT',
      'POSTGRES_PORT',
      'KAFKA_PORT',
      'MAILBOX_PORT',
      'MAILBOX_SMTP_PORT',
    ],
  ];

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'start-'));
    other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    taken = String((other.address() as AddressInfo).port);
    for (const name of names) ports[name] = String(await freePort());
  });
  afterAll(async () => {
    other.close();
    await rm(dataDir, { recursive: true });
  });

  async function refusal(change: Environment): Promise<string[]> {
    const env = { PATH: process.env.PATH, DATA_DIR: dataDir, ...ports, ...change };
    const { code, stdout, stderr } = await run('infra/local/src/start.ts', env);
    expect({ code, stdout, data: await readdir(dataDir) }).toEqual({ code: 1, stdout: [], data: [] });
    return stderr;
  }

  it.each(names.filter((name) => !/POSTGRES|KAFKA|SMTP/.test(name)))(
    'refuses a %s that fetch refuses, and starts nothing',
    async (setting) => {
      expect(await refusal({ [setting]: '6000' })).toEqual([
        'The configuration has 1 fault(s):',
        expect.stringMatching(`^  ${setting}: browsers and fetch refuse port 6000: choose another one`),
      ]);
    },
  );

  it('names all ports that are taken', async () => {
    expect(await refusal({ TREATMENT_PORT: taken, POSTGRES_PORT: taken, POSTGRES_URL: '' })).toContainEqual(
      expect.stringContaining('is port'),
    );
    expect(await refusal({ KAFKA_PORT: taken })).toEqual([
      `Port ${taken} is taken: set KAFKA_PORT to a free one.`,
      'Perhaps another npm start is running: stop it, or set other ports and another DATA_DIR.',
    ]);
  });

  it('refuses two settings with the same port', async () => {
    expect(await refusal({ METRICS_PORT: ports.STAFF_PORT })).toEqual([
      'The configuration has 1 fault(s):',
      expect.stringMatching(/^ {2}METRICS_PORT: STAFF_PORT is port \d+ too/),
    ]);
  });

  it('refuses a setting that a program cannot read', async () => {
    expect(await refusal({ WEBHOOK_TIMEOUT_MS: 'long', COST_BUDGET_PARTNER: '-1' })).toEqual([
      expect.stringMatching(/^WEBHOOK_TIMEOUT_MS: /),
      expect.stringMatching(/^COST_BUDGET_PARTNER: /),
    ]);
  });

  it('refuses NODE_ENV=production', async () => {
    expect(await refusal({ NODE_ENV: 'production' })).toEqual([
      expect.stringMatching(/^The local sign-in gives everybody a token/),
    ]);
  });
});
