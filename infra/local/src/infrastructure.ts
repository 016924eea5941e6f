import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { findKafka } from '@throughline/kafka';
import { findPostgres, provision, refuseSecondServer, type ServiceUrls } from '@throughline/postgres';
import type { Closers } from '@throughline/runtime';
import type { LocalConfig } from './addresses.ts';
import { say, step } from './steps.ts';

export const services = ['clients', 'treatment', 'referrals', 'notifications'] as const;
export type ServiceName = (typeof services)[number];

export interface Infrastructure {
  databases: Record<ServiceName, ServiceUrls>;
  /** Null: there is no Kafka here, and facts go by the local transport. */
  brokers: string[] | null;
}

/** PostgreSQL and, if at all possible, Kafka; what is started here is closed by `closers`. */
export async function openInfrastructure(
  config: LocalConfig,
  dataDir: string,
  closers: Closers,
): Promise<Infrastructure> {
  const postgres = await step('PostgreSQL', () =>
    findPostgres({ dataDir: join(dataDir, 'postgres'), port: config.POSTGRES_PORT, log: say }),
  );
  closers.add('PostgreSQL', () => postgres.stop());

  const kafka = await step('Kafka', () =>
    findKafka({ dataDir: join(dataDir, 'kafka'), port: config.KAFKA_PORT, log: say }),
  );
  if (kafka.how === 'none') say(`  Facts go by the local transport, in this one process. ${kafka.why}`);
  else closers.add('Kafka', () => kafka.stop());

  const passwords = { owner: 'local-owner', app: 'local-app', apart: { counseling: 'local-counseling' } };
  const databases = await step('databases and roles', () =>
    provision(postgres.url, [...services], passwords),
  );
  return {
    databases: databases,
    brokers: kafka.how === 'none' ? null : kafka.brokers,
  };
}

/** Forgets everything that earlier starts kept; refuses while another start uses it. */
export async function startOver(dataDir: string): Promise<void> {
  await refuseSecondServer(join(dataDir, 'postgres', 'cluster'));
  await step('starting over', () => rm(dataDir, { recursive: true, force: true }));
}
