import { isTimeZone } from '@throughline/privacy';
import { z } from 'zod';
import { CannotStart } from './cannot-start.ts';
import { usualTimeouts, type DatabaseTimeouts } from './database-timeouts.ts';
import { databaseAddress, givenTo, type Environment } from './given.ts';
import { kafkaSecurityConfig } from './kafka-security.ts';
import { publicKeys } from './key.ts';
import { httpPort, samePorts, webAddress } from './port.ts';
import { inProduction, mustBeOwnPassword, mustHaveOwnPassword, productionFault } from './production.ts';

type Shape = Readonly<Record<string, z.ZodType>>;

/** Settings could not be read; the message lists every fault, one a line. */
export class InvalidConfig extends CannotStart {
  override name = 'InvalidConfig';
}

/**
 * Reads one flat zod object from the environment. An empty variable counts as not set; `<SETTING>_FILE` names a file
 * that holds the value. Two settings that end in PORT may not name the same port. With NODE_ENV=production the rules of
 * `inProduction` hold as well.
 */
export function readConfig<Schema extends z.ZodObject>(schema: Schema, env: Environment): z.output<Schema> {
  const { set, faults: unread } = givenTo(schema, env);
  const result = schema.safeParse(set);
  const issues = result.error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
  const faults = [...unread, ...issues, ...portFaults(schema, set), ...productionFaults(schema, set)];
  if (result.success && faults.length === 0) return result.data;

  const lines = faults.map((fault) => `  ${fault}`);
  throw new InvalidConfig(`The configuration has ${faults.length} fault(s):\n${lines.join('\n')}`);
}

function portFaults({ shape }: z.ZodObject<Shape>, set: Environment): string[] {
  const ports = Object.entries(shape).flatMap(([setting, schema]) => {
    const port = /(^|_)PORT$/.test(setting) ? valueOf(schema, set[setting]) : undefined;
    return typeof port === 'number' ? [[setting, port] as const] : [];
  });
  return samePorts(new Map(ports)).map(
    ({ setting, first, port }) =>
      `${setting}: ${first} is port ${port} too, choose another one for one of them`,
  );
}

function productionFaults({ shape }: z.ZodObject<Shape>, set: Environment): string[] {
  if (set.NODE_ENV !== 'production') return [];
  return Object.entries(shape).flatMap(([setting, schema]) => {
    const value = valueOf(schema, set[setting]);
    const fault = value === undefined ? null : productionFault(schema, value);
    return fault === null ? [] : [`${setting}: ${fault}`];
  });
}

/** The value of one setting; undefined when it cannot be read, which the schema itself reports. */
function valueOf(schema: z.ZodType, text: string | undefined): unknown {
  return schema.safeParse(text).data;
}

/** For main.ts: prints all faults together and exits with 1. */
export function readConfigOrExit<Schema extends z.ZodObject>(
  schema: Schema,
  env: Environment,
): z.output<Schema> {
  try {
    return readConfig(schema, env);
  } catch (error) {
    if (!(error instanceof InvalidConfig)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

const milliseconds = (usual: number) => z.coerce.number().int().min(1).max(3_600_000).default(usual);
/** A PostgreSQL address with role and password; the password may come in a setting of its own, as `givenTo` says. */
export const databaseUrl = databaseAddress(
  inProduction(z.url({ protocol: /^postgres(ql)?$/ }), mustHaveOwnPassword),
);

/** The password of a database role. */
export const rolePassword = inProduction(z.string().min(1), mustBeOwnPassword);

/** How long a program tries to reach its database at its start, in milliseconds. */
const databaseStartWaitMs = z.coerce.number().int().min(0).max(3_600_000).default(60_000);

/**
 * The address that a program listens on. Default: this machine only. Not called HOST, because some shells set a
 * variable of that name to the name of the machine.
 */
export const listenHost = z.string().min(1).default('127.0.0.1');

/** Settings that every service has; a service's config.ts extends this. */
export const serviceConfig = {
  PORT: httpPort,
  LISTEN_HOST: listenHost,
  /** PostgreSQL address of the app role, which can neither alter tables nor delete history. */
  DATABASE_URL: databaseUrl,
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(100).default(10),
  /** The server ends a statement that takes longer. */
  DATABASE_STATEMENT_TIMEOUT_MS: milliseconds(usualTimeouts.statementMs),
  /** The server ends a statement that waits longer for a lock. */
  DATABASE_LOCK_TIMEOUT_MS: milliseconds(usualTimeouts.lockMs),
  /** The server ends a session whose open transaction is not used for longer. */
  DATABASE_IDLE_IN_TRANSACTION_TIMEOUT_MS: milliseconds(usualTimeouts.idleInTransactionMs),
  /** A request that waits longer for a free connection fails. */
  DATABASE_CONNECTION_TIMEOUT_MS: milliseconds(usualTimeouts.connectionMs),
  /** A process whose pool gives no answer for longer fails its `/healthz`, so that it is started again. */
  DATABASE_SILENCE_LIMIT_MS: milliseconds(30_000),
  DATABASE_START_WAIT_MS: databaseStartWaitMs,
  /** Kafka bootstrap addresses, separated by commas. */
  KAFKA_BROKERS: z
    .string()
    .min(1)
    .transform((text) => text.split(',').map((address) => address.trim())),
  ...kafkaSecurityConfig,
  /** Prefix of every topic and consumer group, so that several systems can share one broker. */
  KAFKA_TOPIC_PREFIX: z.string().default(''),
  /** Partitions of topics that the service creates: no more copies than that share its facts. */
  KAFKA_PARTITIONS: z.coerce.number().int().min(1).max(1000).default(24),
  /** For how long Kafka keeps the facts of topics that the service creates; the inbox remembers facts for 35 days. */
  KAFKA_RETENTION_DAYS: z.coerce.number().int().min(1).max(34).default(30),
  /** Kafka gives the partitions of a process that is silent for longer to the others. */
  KAFKA_SESSION_TIMEOUT_MS: z.coerce.number().int().min(6000).max(300_000).default(15_000),
  /** The keys that the gateway's viewer tokens are checked with; several while the key changes. */
  VIEWER_PUBLIC_KEYS: publicKeys,
  /**
   * Secrets that seal the cursors of lists, separated by commas, the one in use first. Every copy of a service needs the
   * same ones. Without them a cursor is good until the process ends.
   */
  CURSOR_SECRETS: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((secret) => secret.trim())
        .filter(Boolean),
    )
    .refine(
      (secrets) => secrets.every(({ length }) => length >= 32),
      'each must have at least 32 characters',
    ),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** Collector for traces, OTLP over HTTP; without it nothing is traced. */
  OTEL_EXPORTER_OTLP_ENDPOINT: webAddress.optional(),
};

/** For services that count days: of a consent, of a birthday, of a screening. */
export const programTimeZone = {
  /** IANA name. A day of the program begins at its midnight there. */
  PROGRAM_TIME_ZONE: z
    .string()
    .refine(isTimeZone, 'must be an IANA time zone, for example America/New_York')
    .default('America/New_York'),
};

/** The settings after reading. */
export type ServiceConfig = z.output<z.ZodObject<typeof serviceConfig>>;

/** The limits of the sessions of a service's pools. */
export function databaseTimeoutsOf(config: ServiceConfig): DatabaseTimeouts {
  return {
    statementMs: config.DATABASE_STATEMENT_TIMEOUT_MS,
    lockMs: config.DATABASE_LOCK_TIMEOUT_MS,
    idleInTransactionMs: config.DATABASE_IDLE_IN_TRANSACTION_TIMEOUT_MS,
    connectionMs: config.DATABASE_CONNECTION_TIMEOUT_MS,
  };
}

/** Settings of a service's migration step. */
export const migrationConfig = z.object({
  /** PostgreSQL address of the owner role, which migrates. */
  DATABASE_OWNER_URL: databaseUrl,
  DATABASE_START_WAIT_MS: databaseStartWaitMs,
  /** Whole months for which the archive of sent facts is kept; always when left out. Only the migration step, as the owner, sets it. */
  ARCHIVE_RETENTION_MONTHS: z.coerce.number().int().min(3).max(1200).optional(),
  LOG_LEVEL: serviceConfig.LOG_LEVEL,
});
