import { parseArgs } from 'node:util';
import { fromArchives, fromTopics, kafkaTransport, RebuildUnderWay } from '@throughline/messaging';
import {
  kafkaSecurityConfig,
  kafkaSecurityOf,
  programTimeZone,
  readConfig,
  silentLogger,
} from '@throughline/runtime';
import { z } from 'zod';
import { services, type ServiceName } from './infrastructure.ts';
import { runRebuild, usage, WRONG_USE } from './rebuild-command.ts';
import { say } from './steps.ts';

/** `npm run projections:rebuild -- <service> <projection> [--from archive|topics] [--dry-run] [--accept-gaps]` */
const { env } = process;
const port = env.POSTGRES_PORT ?? '54329';
const local = (service: string, role: 'owner' | 'app'): string =>
  `postgres://${service}_${role}:local-${role}@127.0.0.1:${port}/throughline_${service}`;
const stop = new AbortController();
process.on('SIGINT', () => stop.abort(new Error('Stopped: nothing was changed.')));
process.on('SIGTERM', () => stop.abort(new Error('Stopped: nothing was changed.')));

/** The databases of `npm start`, unless other addresses are given. */
const archives = Object.fromEntries(
  services.map((service) => {
    return [service, env[`${service.toUpperCase()}_DATABASE_URL`] ?? local(service, 'app')];
  }),
);

process.exitCode = await main();

async function main(): Promise<number> {
  const asked = options();
  if (!asked) {
    say(usage());
    return WRONG_USE;
  }
  const { values, positionals } = asked;
  const [service = '', projection = ''] = positionals;
  const { from, 'dry-run': dryRun, 'accept-gaps': acceptGaps } = values;
  try {
    return await runRebuild(
      { service, projection, from, dryRun, acceptGaps },
      {
        ownerUrlOf: (name: ServiceName) => env.DATABASE_OWNER_URL ?? local(name, 'owner'),
        sources: { archive: () => fromArchives(archives), topics: () => fromTopics(transport()) },
        signal: stop.signal,
        say,
        timeZone: readConfig(z.object(programTimeZone), env).PROGRAM_TIME_ZONE,
      },
    );
  } catch (error) {
    say(sentenceOf(error as Error));
    return 1;
  }
}

function sentenceOf(error: Error & { code?: string }): string {
  if (error instanceof RebuildUnderWay) return `${error.message}: wait for it.`;
  if (error.code !== 'ECONNREFUSED') return error.message;
  return `A database does not answer (${error.message}): start it, or name it by DATABASE_OWNER_URL and <SERVICE>_DATABASE_URL.`;
}

function options() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        from: { type: 'string' },
        'dry-run': { type: 'boolean' },
        'accept-gaps': { type: 'boolean' },
      },
    });
  } catch {
    return null;
  }
}

function transport() {
  return kafkaTransport({
    brokers: (env.KAFKA_BROKERS ?? `127.0.0.1:${env.KAFKA_PORT ?? '54392'}`).split(','),
    security: kafkaSecurityOf(readConfig(z.object(kafkaSecurityConfig), env)),
    clientId: 'projections-rebuild',
    topicPrefix: env.KAFKA_TOPIC_PREFIX ?? '',
    logger: silentLogger,
  });
}
