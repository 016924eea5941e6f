import { randomBytes } from 'node:crypto';
import { findKafka } from '@throughline/kafka';
import { ensureDatabase, ensureRoles, findPostgres } from '@throughline/postgres';

export interface Bench {
  postgresUrl: string;
  brokers: string[];
  /** A new database with the two roles of a service. */
  database: (service: string) => Promise<{ ownerUrl: string; appUrl: string }>;
  close(): Promise<void>;
}

const passwords = { owner: 'owner', app: 'app' };

/** PostgreSQL (with fsync, as in production) and real Kafka, thrown away at the end. */
export async function openBench(): Promise<Bench> {
  const log = (line: string): unknown => process.stderr.write(`${line}\n`);
  const postgres = await findPostgres({ log, fsync: true });
  const kafka = await findKafka({ log });
  if (kafka.how === 'none') throw new Error(kafka.why);
  return {
    postgresUrl: postgres.url,
    brokers: kafka.brokers,
    database: async (service) => {
      await ensureRoles(postgres.url, service, passwords);
      return ensureDatabase(
        postgres.url,
        service,
        `bench_${service}_${randomBytes(4).toString('hex')}`,
        passwords,
      );
    },
    close: async () => {
      await kafka.stop();
      await postgres.stop();
    },
  };
}

/** The middle of the values; `share` 0.99 gives the 99th percentile. */
export function quantile(values: readonly number[], share = 0.5): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Runs `count` pieces of work, `width` at a time, and gives how many were done per second. */
export async function perSecond(
  count: number,
  width: number,
  work: (n: number) => Promise<unknown>,
): Promise<number> {
  let next = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: width }, async () => {
      while (next < count) await work(next++);
    }),
  );
  return count / ((performance.now() - started) / 1000);
}

export function print(rows: readonly (readonly [string, string])[]): void {
  for (const [what, figure] of rows) process.stdout.write(`| ${what} | ${figure} |\n`);
}
