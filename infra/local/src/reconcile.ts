import { parseArgs } from 'node:util';
import { afterRestore, kafkaTransport, type LostFact, type RestoredDatabase } from '@throughline/messaging';
import {
  databaseAddress,
  databaseUrl,
  kafkaSecurityConfig,
  kafkaSecurityOf,
  readConfig,
  runProgram,
  serviceConfig,
  silentLogger,
} from '@throughline/runtime';
import { z } from 'zod';
import { services, type ServiceName } from './infrastructure.ts';
import { say } from './steps.ts';

const usage = `npm run restore:reconcile -- <${services.join(' | ')}> ... --to <time that their databases were restored to, for example 2026-11-27T20:00:00Z>`;

/** Run after databases were restored and before their services start: infra/README.md, "Backup and restore". */
await runProgram(async () => {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { to: { type: 'string' } } });
  const names = services.filter((name) => positionals.includes(name));
  const restoredTo = new Date(values.to ?? '');
  if (names.length === 0 || names.length !== positionals.length || Number.isNaN(restoredTo.getTime())) {
    say(usage);
    process.exitCode = 64;
    return;
  }
  const began = performance.now();
  const restored = names.map((service) => restoredDatabase(service, names.length === 1));
  const { lost, hearsAgainFrom } = await afterRestore({ restored, restoredTo, transport: transport() });
  say(`${names.join(', ')}: facts since ${hearsAgainFrom.toISOString()} are heard again.`);
  say(`${lost.length} facts were sent after the backup; the restored databases do not know them:`);
  for (const line of linesOf(lost)) say(line);
  say(`Done in ${((performance.now() - began) / 1000).toFixed(1)} s. Start ${names.join(', ')} now.`);
});

function linesOf(lost: readonly LostFact[]): string[] {
  return lost.map(({ occurredAt, type, key, id }) => `${occurredAt.toISOString()}  ${type}  ${key}  ${id}`);
}

/** <SERVICE>_OWNER_URL, for one service DATABASE_OWNER_URL as well; otherwise the database of `npm start`. */
function restoredDatabase(service: ServiceName, alone: boolean): RestoredDatabase {
  const port = process.env.POSTGRES_PORT ?? '54329';
  const local = `postgres://${service}_owner:local-owner@127.0.0.1:${port}/throughline_${service}`;
  const given = process.env[`${service.toUpperCase()}_OWNER_URL`];
  const settings = z.object({ DATABASE_OWNER_URL: databaseAddress(databaseUrl.default(local)) });
  const { DATABASE_OWNER_URL: ownerUrl } = readConfig(settings, {
    ...process.env,
    DATABASE_OWNER_URL: given ?? (alone ? process.env.DATABASE_OWNER_URL : undefined),
  });
  return { service, ownerUrl };
}

function transport() {
  const settings = z.object({
    KAFKA_BROKERS: z.string().default(`127.0.0.1:${process.env.KAFKA_PORT ?? '54392'}`),
    KAFKA_TOPIC_PREFIX: serviceConfig.KAFKA_TOPIC_PREFIX,
    ...kafkaSecurityConfig,
  });
  const config = readConfig(settings, process.env);
  return kafkaTransport({
    brokers: config.KAFKA_BROKERS.split(','),
    security: kafkaSecurityOf(config),
    clientId: 'restore-reconcile',
    topicPrefix: config.KAFKA_TOPIC_PREFIX,
    logger: silentLogger,
  });
}
