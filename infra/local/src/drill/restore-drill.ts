import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Closers, runProgram, silentLogger } from '@throughline/runtime';
import { services, type ServiceName } from '../infrastructure.ts';
import { say } from '../steps.ts';
import { drill } from './drill.ts';

const usage = `npm run restore:drill [-- --only ${services.join(' | ')}]`;

/**
 * Restores the databases of a small program to a time, next to a Kafka that has newer facts: infra/README.md, "Backup and
 * restore". Nothing of `npm start` is touched. Exit code 0: everything that is printed holds.
 */
await runProgram(async () => {
  const restored = restoredServices();
  if (!restored) {
    say(usage);
    process.exitCode = 64;
    return;
  }
  const closers = new Closers();
  const home = await mkdtemp(join(tmpdir(), 'throughline-drill-'));
  await chmod(home, 0o755);
  closers.add('files', () => rm(home, { recursive: true, force: true }));
  try {
    const proofs = await drill({ home, restored, closers });
    const failed = proofs.filter(({ holds }) => !holds).length;
    for (const { holds, sentence } of proofs) say(`${holds ? 'PROVED' : 'FAILED'}  ${sentence}`);
    process.exitCode = failed === 0 ? 0 : 1;
  } finally {
    await closers.close(silentLogger);
  }
});

function restoredServices(): readonly ServiceName[] | null {
  try {
    const { only } = parseArgs({ options: { only: { type: 'string' } } }).values;
    if (only === undefined) return services;
    const named = services.find((name) => name === only);
    return named ? [named] : null;
  } catch {
    return null;
  }
}
