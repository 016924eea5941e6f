import { pgTimeouts, type Logger } from '@throughline/runtime';
import { ConsecutiveBreaker, circuitBreaker, handleAll } from 'cockatiel';
import pg from 'pg';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';

/** What each viewer may still ask for in the running minute. */
export interface Allowance {
  /** Takes points of the viewer, and answers null; or in how many milliseconds there are new ones. */
  take(viewerId: string, points: number): Promise<number | null>;
}

export interface Allowances {
  of(graph: string, perMinute: number): Allowance;
  /** `ok`, or why each gateway counts alone. */
  health(): string;
  close(): Promise<void>;
}

const SECONDS = 60;
const TABLE = 'gateway_rate_limit';

/** Unlogged: what was asked for in the last minute may be lost with the server, and nobody waits for a disk. */
const MAKE_TABLE = `
  -- Of two gateways that start together one waits: "if not exists" alone fails in several ways when two make it at once.
  select pg_advisory_xact_lock(hashtext('${TABLE}'));
  create unlogged table if not exists ${TABLE} (
    key text primary key, points integer not null default 0, expire bigint)`;

/** Each gateway counts for itself. */
export function ownAllowances(): Allowances {
  return {
    of: (_graph, points) => taking(new RateLimiterMemory({ points, duration: SECONDS })),
    health: () => 'ok',
    close: () => Promise.resolve(),
  };
}

/**
 * All gateways count in one table. While the database gives no answer, each counts for itself: a limit that is too
 * generous for a while is better than a graph that answers nobody.
 */
export function sharedAllowances(
  url: string,
  { logger, waitMs, retryMs = 5_000 }: SharedOptions,
): Allowances {
  const pool = poolOf(url, waitMs);
  pool.on('error', () => undefined);
  let table: Promise<unknown> | null = null;
  const made = (): Promise<unknown> => (table ??= pool.query(MAKE_TABLE));
  const breaker = circuitBreaker(handleAll, { halfOpenAfter: retryMs, breaker: new ConsecutiveBreaker(1) });
  let away = false;
  breaker.onFailure(() => (table = null));
  breaker.onBreak((reason) => {
    if (!away) logger.warn({ code: codeOf(reason) }, 'the database of the rate limits does not answer');
    away = true;
  });
  breaker.onReset(() => {
    away = false;
    logger.info({}, 'the database of the rate limits answers again');
  });
  return {
    of: (graph, points) => {
      const own = taking(new RateLimiterMemory({ points, duration: SECONDS }));
      const shared = taking(sharedLimiter(pool, { graph, points }));
      return {
        take: (viewerId, cost) =>
          breaker
            .execute(async () => {
              await made();
              return shared.take(viewerId, cost);
            })
            .catch(() => own.take(viewerId, cost)),
      };
    },
    health: () => (away ? 'the database does not answer; each gateway counts alone' : 'ok'),
    close: () => pool.end(),
  };
}

export interface SharedOptions {
  logger: Logger;
  /** How long an answer waits for the database, in milliseconds. */
  waitMs: number;
  /** How long the database is left alone after a failure. */
  retryMs?: number;
}

function poolOf(connectionString: string, waitMs: number): pg.Pool {
  return new pg.Pool({
    connectionString,
    max: 4,
    query_timeout: waitMs,
    ...pgTimeouts({
      ...{ statementMs: waitMs, lockMs: waitMs },
      ...{ idleInTransactionMs: waitMs, connectionMs: waitMs },
    }),
  });
}

function sharedLimiter(storeClient: pg.Pool, { graph, points }: { graph: string; points: number }) {
  return new RateLimiterPostgres({
    storeClient,
    tableName: TABLE,
    tableCreated: true,
    keyPrefix: graph,
    points,
    duration: SECONDS,
    // A viewer who has nothing left is refused without asking the database again.
    inMemoryBlockOnConsumed: points + 1,
  });
}

/** A refusal is an answer of the limiter, not a failure of its store. */
function taking(limiter: RateLimiterMemory | RateLimiterPostgres): Allowance {
  return {
    take: async (viewerId, points) => {
      try {
        await limiter.consume(viewerId, points);
        return null;
      } catch (error) {
        if (error instanceof RateLimiterRes) return error.msBeforeNext;
        throw error;
      }
    },
  };
}

function codeOf(reason: unknown): string {
  const error = reason && typeof reason === 'object' && 'error' in reason ? reason.error : reason;
  return (error as { code?: string } | null)?.code ?? 'no answer';
}
