import { isTimeZone } from '@throughline/privacy';
import { z } from 'zod';
import { usualTimeouts, type DatabaseTimeouts } from './database-timeouts.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Settings could not be read; the message lists every fault, one a line. */
export class InvalidConfig extends Error {
  override name = 'InvalidConfig';
}

/** Reads one flat zod object from the environment. An empty variable counts as not set. */
export function readConfig<Schema extends z.ZodObject>(schema: Schema, env: Environment): z.output<Schema> {
  const set = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const result = schema.safeParse(set);
  if (result.success) return result.data;

  const faults = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new InvalidConfig(`The configuration has ${faults.length} fault(s):\n${faults.join('\n')}`);
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

/** Settings that every service has; a service's config.ts extends this. */
export const serviceConfig = {
  PORT: z.coerce.number().int().min(0).max(65535),
  /** PostgreSQL address of the app role, which can neither alter tables nor delete history. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
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
  /** Kafka bootstrap addresses, separated by commas. */
  KAFKA_BROKERS: z
    .string()
    .min(1)
    .transform((text) => text.split(',').map((address) => address.trim())),
  /** Put before every topic and consumer group, so that several systems can share one broker. */
  KAFKA_TOPIC_PREFIX: z.string().default(''),
  /** Shared with the gateway; signs the short-lived viewer token. */
  VIEWER_TOKEN_SECRET: z.string().min(32),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** Collector for traces, OTLP over HTTP; without it nothing is traced. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
};

/** For services that count days: of a consent, of a birthday, of a screening. */
export const programTimeZone = {
  /** IANA name. A day of the program begins at its midnight there. */
  PROGRAM_TIME_ZONE: z
    .string()
    .refine(isTimeZone, 'must be an IANA time zone, for example America/New_York')
    .default('America/New_York'),
};

/** What those settings are when they have been read. */
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
  DATABASE_OWNER_URL: z.url({ protocol: /^postgres(ql)?$/ }),
});
