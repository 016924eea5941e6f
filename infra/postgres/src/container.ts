import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import type { FindPostgresOptions, Postgres } from './postgres.ts';

const IMAGE = 'postgres:18';
const PULL_AND_START_MS = 180_000;
const ANSWERS = 'pg_isready --host 127.0.0.1 --username postgres';

/** PostgreSQL in a container that the engine removes when this process is gone. */
export async function startContainer({
  dataDir,
  port,
  fsync = true,
}: FindPostgresOptions): Promise<Postgres> {
  // Loaded late: the package is slow to load and of no use without an engine.
  const { PostgreSqlContainer } = await import('@testcontainers/postgresql');
  const { Wait } = await import('testcontainers');
  const settings = ['max_connections=300', 'timezone=UTC'];
  if (!fsync) settings.push('fsync=off', 'synchronous_commit=off', 'full_page_writes=off');

  const container = new PostgreSqlContainer(IMAGE)
    .withDatabase('postgres')
    .withUsername('postgres')
    .withPassword('throughline')
    .withCommand(['postgres', ...settings.flatMap((setting) => ['-c', setting])])
    // Not its health check, which some engines do not run. A first start ends once before it listens for others.
    .withWaitStrategy(Wait.forAll([Wait.forListeningPorts(), Wait.forSuccessfulCommand(ANSWERS)]))
    .withStartupTimeout(PULL_AND_START_MS);
  if (port) container.withExposedPorts({ container: 5432, host: port });
  if (dataDir) {
    // A volume rather than a directory: its files belong to a user that exists only in the container.
    container.withBindMounts([{ source: volumeOf(dataDir), target: '/var/lib/postgresql' }]);
  }

  const started = await container.start();
  return {
    url: started.getConnectionUri(),
    how: 'container',
    stop: async () => {
      await started.stop();
    },
  };
}

function volumeOf(dataDir: string): string {
  return `throughline-${createHash('sha256').update(resolve(dataDir)).digest('hex').slice(0, 12)}`;
}
