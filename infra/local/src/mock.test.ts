import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** Runs the command to its end. */
function mock(...args: string[]): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'mock.ts'), ...args], { stdio: 'pipe' });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, said })));
}

it('says in a sentence that its port is taken', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const { code, said } = await mock('--port', String(port));
  server.close();
  expect(code).toBe(1);
  expect(said).toContain(`Port ${port} is taken, perhaps by npm start`);
});

it.each([['--nothing'], ['--graph', 'all'], ['--port', 'four']])('refuses %s %s', async (...args) => {
  expect(await mock(...args)).toEqual({ code: 2, said: expect.stringContaining('--help') as string });
});

it('says what it can', async () => {
  expect(await mock('--help')).toEqual({ code: 0, said: expect.stringContaining('--seed') as string });
});
