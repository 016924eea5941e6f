import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import {
  databaseAddress,
  databaseUrl,
  pgTimeouts,
  readConfigOrExit,
  usualTimeouts,
} from '@throughline/runtime';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { answerParked, usage } from './parked-command.ts';

/** `npm run parked -- <service> list | show <id> | retry <id> --reason … | drop <id> --reason …` */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  strict: false,
  options: {
    reason: { type: 'string' },
    by: { type: 'string' },
    after: { type: 'string' },
    all: { type: 'boolean' },
  },
});
const [service = '', action = '', id = ''] = positionals;
const port = process.env.POSTGRES_PORT ?? '54329';
const services = ['clients', 'treatment', 'referrals', 'notifications'];

if (!services.includes(service)) {
  process.stderr.write(`Name a service: one of ${services.join(', ')}.\n${usage}\n`);
  process.exitCode = 64;
} else {
  // The database of `npm start`, unless another address is given.
  const usual = `postgres://${service}_app:local-app@127.0.0.1:${port}/throughline_${service}`;
  const dataSource = new DataSource({
    type: 'postgres',
    url: readConfigOrExit(
      z.object({ DATABASE_URL: databaseAddress(databaseUrl.default(usual)) }),
      process.env,
    ).DATABASE_URL,
    poolSize: 1,
    extra: pgTimeouts(usualTimeouts),
  });
  try {
    await dataSource.initialize();
    const asked = {
      action,
      id,
      reason: text(values.reason),
      after: text(values.after),
      all: values.all === true,
    };
    const answer = await answerParked(dataSource, { ...asked, by: text(values.by) ?? userInfo().username });
    (answer.code === 0 ? process.stdout : process.stderr).write(`${answer.text}\n`);
    process.exitCode = answer.code;
  } catch (error) {
    process.stderr.write(
      `The database of ${service} does not answer (${(error as Error).message}): start it, or set DATABASE_URL.\n`,
    );
    process.exitCode = 1;
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
  }
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
