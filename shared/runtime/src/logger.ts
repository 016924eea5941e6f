import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino';
import { placeOf } from './error-place.ts';

/**
 * Permitted content of a log line: ids, codes, counts, durations. Everything else is removed before writing, so
 * that a careless call cannot log personal data.
 */
const allowed = new Set([
  'service',
  'requestId',
  'viewerId',
  'operation',
  'code',
  'factId',
  'type',
  'topic',
  'key',
  'consumer',
  'attempt',
  'durationMs',
  'status',
  'count',
  'port',
  'url',
  'subgraph',
  'graph',
  'job',
  'jobKey',
  'id',
  'state',
  'signal',
  'how',
  'error',
]);

/** Lines of a busy process are written together, at the latest after this time and when the process exits. */
const gathered = { minLength: 4096, periodicFlush: 200 };

export interface LogFields {
  [field: string]: unknown;
  error?: unknown;
}

export interface Logger {
  debug(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
  child(fields: LogFields): Logger;
}

export interface LoggerOptions {
  service: string;
  level?: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  destination?: DestinationStream;
}

/** Structured JSON lines. Messages are constants; everything variable is a permitted field. */
export function createLogger({ service, level = 'info', destination }: LoggerOptions): Logger {
  const options = { level, base: { service }, timestamp: () => `,"time":"${new Date().toISOString()}"` };
  return wrap(pino(options, destination ?? pino.destination({ dest: 1, sync: false, ...gathered })));
}

/** Says nothing: for tests and tools. */
export const silentLogger: Logger = wrap(pino({ level: 'silent' }));

function wrap(target: PinoLogger): Logger {
  return {
    debug: (fields, message) => target.debug(clean(fields), message),
    info: (fields, message) => target.info(clean(fields), message),
    warn: (fields, message) => target.warn(clean(fields), message),
    error: (fields, message) => target.error(clean(fields), message),
    child: (fields) => wrap(target.child(clean(fields))),
  };
}

function clean(fields: LogFields): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const name of Object.keys(fields)) {
    if (!allowed.has(name) || fields[name] === undefined) continue;
    kept[name] = name === 'error' ? placeOf(fields[name]) : scalar(fields[name]);
  }
  return kept;
}

function scalar(value: unknown): string | number | boolean | null {
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'string') return value.slice(0, 200);
  return null;
}
