import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Closers, readConfig, silentLogger, startTracing } from '@throughline/runtime';
import { refuseProduction, startSignIn } from '@throughline/sign-in';
import { localConfig, refuseTakenPorts } from './addresses.ts';
import { tellAndLoad } from './demonstration/tell.ts';
import { openMailbox } from './mailbox.ts';
import { awaitFirstAnswer, welcome } from './welcome.ts';
import { openInfrastructure, startOver } from './infrastructure.ts';
import { generate } from './generate.ts';
import { refuseBadSettings } from './passed-on.ts';
import { say, step } from './steps.ts';
import { migrateAll, startSystem } from './system.ts';

const root = process.env.THROUGHLINE_ROOT ?? process.cwd();

const values = readOptions();
if (values.help) {
  say('npm start              starts everything and keeps its data in .data');
  say('npm start -- --fresh   forgets that data first');
  say('npm start -- --empty   leaves out the demonstration data');
  process.exit(0);
}

const closers = new Closers();
let closing: Promise<void> | null = null;
let started = false;
const stopping = new AbortController();

process.on('SIGINT', () => void leave(0));
process.on('SIGTERM', () => void leave(0));

try {
  await start();
} catch (error) {
  // While the system stops, a load that is under way loses the services.
  if (!stopping.signal.aborted) say(error instanceof Error ? error.message : String(error));
  await leave(1);
}

function readOptions() {
  const option = { type: 'boolean', default: false } as const;
  try {
    return parseArgs({ options: { fresh: option, empty: option, help: option } }).values;
  } catch {
    say('Unknown option: npm start -- --help lists them.');
    return process.exit(2);
  }
}

async function start(): Promise<void> {
  refuseProduction(process.env);
  const settings = readConfig(localConfig, process.env);
  refuseBadSettings(process.env);
  const dataDir = resolve(root, settings.DATA_DIR);
  await refuseTakenPorts(settings, process.env);
  if (values.fresh) await startOver(dataDir);
  started = true;
  say('Starting Throughline');
  const endpoint = settings.OTEL_EXPORTER_OTLP_ENDPOINT;
  const tracing = await startTracing({ service: 'throughline', endpoint });
  closers.add('traces', () => tracing.close());

  generate('supergraphs');
  const infrastructure = await openInfrastructure(settings, dataDir, closers);
  await step('migrations', () => migrateAll(infrastructure));
  const signIn = await step('sign-in', () =>
    startSignIn({ port: settings.SIGN_IN_PORT, host: settings.LISTEN_HOST, dataDir }),
  );
  closers.add('sign-in', () => signIn.close());

  const mailbox = process.env.SMTP_URL
    ? null
    : await step('mailbox', () =>
        openMailbox({ smtpPort: settings.MAILBOX_SMTP_PORT, port: settings.MAILBOX_PORT }),
      );
  closers.add('mailbox', () => mailbox?.close());

  const ports = {
    clients: settings.CLIENTS_PORT,
    treatment: settings.TREATMENT_PORT,
    referrals: settings.REFERRALS_PORT,
    notifications: settings.NOTIFICATIONS_PORT,
    staff: settings.STAFF_PORT,
    partner: settings.PARTNER_PORT,
  };
  const options = {
    infrastructure,
    ports,
    issuer: signIn.issuer,
    environment: {
      QUERY_PAGE: 'on',
      ...process.env,
      ...(mailbox && { SMTP_URL: mailbox.smtpUrl, SMTP_TLS: 'if-offered' }),
    },
    topicPrefix: settings.KAFKA_TOPIC_PREFIX,
    logLevel: settings.LOG_LEVEL,
  };
  const { gateway, call } = await step('services and gateway', () => startSystem(options, closers));
  const { clients, referrals, treatment } = infrastructure.databases;
  const urls = { clients: clients.appUrl, referrals: referrals.appUrl, treatment: treatment.appUrl };
  const usable = Promise.withResolvers<void>();
  const waiting = { usable: usable.resolve, signal: stopping.signal };
  const whole = values.empty ? Promise.resolve() : tellAndLoad(call, urls, waiting);
  const followed = await Promise.race([usable.promise.then(() => true), whole]);
  await step('first answer', () => awaitFirstAnswer(gateway, signIn));
  say(welcome(gateway, signIn, { ...settings, mailboxUrl: mailbox?.url ?? null }));
  if (followed) say("\nMaria's people are there; the other demonstration people follow now.");
  await whole;
}

/** Closes what was opened, in reverse, within 30 seconds. A second Ctrl-C changes nothing. */
function leave(code: number): Promise<void> {
  closing ??= (async () => {
    if (!started) process.exit(code);
    say('\nStopping ...');
    stopping.abort();
    setTimeout(giveUp, 30_000).unref();
    await closers.close(silentLogger);
    say('Everything has stopped.');
    process.exit(code);
  })();
  return closing;
}

function giveUp(): never {
  say('Not everything stopped within 30 seconds; the next start repairs it.');
  process.exit(1);
}
