import { spawn } from 'node:child_process';
import { freePort } from '@throughline/runtime/local-machine';
import { decodeJwt } from 'jose';
import { demonstrationPeople, startSignIn, type RunningSignIn } from './index.ts';

let signIn: RunningSignIn;

beforeAll(async () => {
  signIn = await startSignIn({ port: 0 });
});
afterAll(() => signIn.close());

function ask(body: string, origin?: string): Promise<Response> {
  return fetch(`${signIn.url}/demonstration/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(origin !== undefined && { origin }) },
    body,
  });
}

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

function run(program: string, args: string[], env: Record<string, string>): Promise<Ended> {
  const child = spawn(process.execPath, [new URL(program, import.meta.url).pathname, ...args], {
    env: { PATH: process.env.PATH, ...env },
  });
  const ended: Ended = { code: null, stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (ended.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (ended.stderr += chunk.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ ...ended, code })));
}

describe('the page that offers tokens', () => {
  it('lists everyone, without secrets', async () => {
    const text = await (await fetch(`${signIn.url}/demonstration`)).text();

    expect((JSON.parse(text) as { key: string }[]).map(({ key }) => key)).toEqual(
      demonstrationPeople.map(({ key }) => key),
    );
    expect(text).not.toContain('for-demonstration-only');
  });

  it('gets a token when it comes from this machine', async () => {
    const response = await ask('{"person":"leila"}', 'http://localhost:4000');
    const { access_token } = (await response.json()) as { access_token: string };

    expect(response.headers.get('access-control-allow-origin')).toBe('http://localhost:4000');
    expect(decodeJwt(access_token)).toMatchObject({ roles: ['INTAKE_WORKER'] });
  });

  it.each(['https://example.org', 'http://localhost.example.org', 'null'])(
    'gets nothing from %s',
    async (origin) => {
      const response = await ask('{"person":"leila"}', origin);

      expect(response.status).toBe(403);
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
    },
  );

  it('may ask first, as browsers do', async () => {
    const response = await fetch(`${signIn.url}/demonstration/token`, {
      method: 'OPTIONS',
      headers: { origin: 'http://127.0.0.1:4000' },
    });

    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-headers')).toBe('content-type');
  });

  it.each(['', 'null', '[]', '{"person":7}', '{"person":"nobody"}'])(
    'is told who there is for %s',
    async (body) => {
      const response = await ask(body);

      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ error: 'unknown_person' });
    },
  );

  it('may not send a book', async () => {
    expect((await ask('x'.repeat(1_000_000))).status).toBe(413);
  });
});

describe('print-token', () => {
  it('prints the token and nothing else', async () => {
    const { code, stdout, stderr } = await run('print-token.ts', ['maria'], { SIGN_IN_URL: signIn.url });

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(decodeJwt(stdout.trim())).toMatchObject({ name: 'Maria Ostervald' });
    expect(stdout.trim().split('\n')).toHaveLength(1);
  });

  it('names everyone when the person is unknown', async () => {
    const { code, stdout, stderr } = await run('print-token.ts', ['nobody'], { SIGN_IN_URL: signIn.url });

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^There is no demonstration person 'nobody', choose one of: maria.*\.\n$/);
  });

  it('finds the sign-in of an npm start with another SIGN_IN_PORT', async () => {
    const { port } = new URL(signIn.url);
    const { code, stdout } = await run('print-token.ts', ['ines'], { SIGN_IN_PORT: port });

    expect(code).toBe(0);
    expect(decodeJwt(stdout.trim())).toMatchObject({ roles: ['SUPERVISOR'] });
  });

  it('says when nothing is running', async () => {
    const port = await freePort();
    const { code, stderr } = await run('print-token.ts', ['maria'], { SIGN_IN_PORT: String(port) });

    expect(code).toBe(1);
    expect(stderr).toBe(
      `No sign-in answers at http://localhost:${port}: start the system first with npm start.\n`,
    );
  });

  it.each([
    ['SIGN_IN_PORT', '6000'],
    ['SIGN_IN_URL', 'http://localhost:6000'],
  ])('refuses %s=%s, which fetch would not reach', async (setting, value) => {
    const { code, stderr } = await run('print-token.ts', ['maria'], { [setting]: value });

    expect(code).toBe(1);
    expect(stderr).toMatch(new RegExp(`\\n  ${setting}: browsers and fetch refuse .*: choose another one`));
  });
});

describe('the program', () => {
  it('refuses to run in production, in one sentence', async () => {
    const { code, stdout, stderr } = await run('main.ts', [], { NODE_ENV: 'production', PORT: '0' });

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^The local sign-in gives everybody a token.*\.\n$/);
  });

  it('is refused in production to other programs, too', async () => {
    const before = process.env.NODE_ENV;
    process.env.NODE_ENV = 'production';
    try {
      await expect(startSignIn({ port: 0 })).rejects.toThrow('The local sign-in gives everybody a token');
    } finally {
      process.env.NODE_ENV = before;
    }
  });
});
