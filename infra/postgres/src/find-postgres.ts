import { containerEngineAnswers } from '@throughline/runtime/local-machine';
import pg from 'pg';
import { startContainer } from './container.ts';
import { startEmbedded } from './embedded.ts';

export interface Postgres {
  /** Address of the server as a superuser. */
  url: string;
  how: 'given' | 'container' | 'embedded';
  /** Stops what was started here; a given server is left alone. */
  stop(): Promise<void>;
}

export interface FindPostgresOptions {
  /** Kept between starts. Without it the data is thrown away at `stop()`. */
  dataDir?: string | undefined;
  /** A free port when left out. */
  port?: number | undefined;
  log: (line: string) => void;
  /** Off only where losing the data in a power cut does not matter (tests). Default true. */
  fsync?: boolean;
  /** The environment variable that may give an address. Default POSTGRES_URL. */
  variable?: string;
}

/** PostgreSQL from the address given in the environment, a container engine, or the bundled binaries. */
export async function findPostgres(options: FindPostgresOptions): Promise<Postgres> {
  const variable = options.variable ?? 'POSTGRES_URL';
  const given = process.env[variable];
  if (given) return useGiven(given, variable);

  if (await containerEngineAnswers(process.env)) {
    try {
      return await startContainer(options);
    } catch (error) {
      options.log(`PostgreSQL does not start in a container (${reason(error)}); using the bundled binaries`);
    }
  }
  return startEmbedded(options);
}

async function useGiven(url: string, variable: string): Promise<Postgres> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  try {
    await client.connect();
    await client.query('select 1');
  } catch (error) {
    throw new Error(
      `No PostgreSQL answers at the address in ${variable} (${reason(error)}): correct it, or unset it to start one here`,
    );
  } finally {
    await client.end().catch(() => undefined);
  }
  return { url, how: 'given', stop: () => Promise.resolve() };
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
