import { containerEngineAnswers } from '@throughline/runtime/local-machine';
import pg from 'pg';
import { startContainer } from './container.ts';
import { startEmbedded } from './embedded.ts';
import type { FindPostgresOptions, Postgres } from './postgres.ts';

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
