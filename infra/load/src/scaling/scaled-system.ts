import * as clients from '@throughline/clients';
import * as notifications from '@throughline/notifications';
import * as referrals from '@throughline/referrals';
import { Closers, newKeyPair, silentLogger } from '@throughline/runtime';
import { freePort } from '@throughline/runtime/local-machine';
import { startSignIn } from '@throughline/sign-in';
import { kafkaForTests, testDatabase, type TestDatabase } from '@throughline/testing';
import * as treatment from '@throughline/treatment';
import { Copies } from './copies.ts';

const owners = { clients, treatment, referrals, notifications };
const names = ['clients', 'treatment', 'referrals', 'notifications'] as const;
export type ServiceName = (typeof names)[number];
export const programNames = [...names, 'gateway'] as const;
export type ProgramName = (typeof programNames)[number];

/** What all operations of one person of a partner may cost in a minute, in all gateways together. */
export const PARTNER_BUDGET = 2_000;

export interface ScaledSystem {
  programs: Record<ProgramName, Copies>;
  databases: Record<ServiceName, TestDatabase>;
  tokenFor(person: string): Promise<string>;
  /** Addresses of the graphs of each gateway. */
  gateways(): { staff: string; partner: string }[];
  /** Where each copy of a program tells its metrics. */
  metricsOf(name: ProgramName): string[];
  close(): Promise<void>;
}

/** Every program in processes of its own, behind one address each; none is started. */
export async function prepareSystem(): Promise<ScaledSystem> {
  const closers = new Closers();
  const databases = {} as Record<ServiceName, TestDatabase>;
  for (const name of names) {
    databases[name] = await testDatabase(name, owners[name]);
    closers.add(`${name} database`, () => databases[name].drop());
  }
  const { brokers, topicPrefix } = await kafkaForTests({ partitions: 6 });
  const signIn = await startSignIn({ port: 0 });
  closers.add('sign-in', () => signIn.close());

  const keys = { viewer: newKeyPair(), releaseBasis: newKeyPair() };
  const kafka = { KAFKA_BROKERS: brokers.join(','), KAFKA_TOPIC_PREFIX: topicPrefix };
  const shared = {
    ...kafka,
    KAFKA_PARTITIONS: '6',
    KAFKA_SESSION_TIMEOUT_MS: '6000',
    DATABASE_POOL_SIZE: '5',
    VIEWER_PUBLIC_KEYS: keys.viewer.publicKey,
    CURSOR_SECRETS: 'the same secret for all of the copies',
  };
  const programs = {} as Record<ProgramName, Copies>;
  const addressOf = (name: ServiceName) => `${programs[name].balancer.url}/graphql`;
  const own: Record<ServiceName, () => NodeJS.ProcessEnv> = {
    clients: () => ({ RELEASE_BASIS_PUBLIC_KEYS: keys.releaseBasis.publicKey }),
    treatment: () => ({ COUNSELING_DATABASE_URL: databases.treatment.apart.counseling }),
    referrals: () => ({
      CLIENTS_URL: addressOf('clients'),
      RELEASE_BASIS_PRIVATE_KEY: keys.releaseBasis.privateKey,
    }),
    notifications: () => ({}),
  };
  for (const name of names) {
    programs[name] = await Copies.of(`services/${name}/src/main.ts`, (port) =>
      Promise.resolve({
        ...shared,
        ...own[name](),
        PORT: String(port),
        DATABASE_URL: databases[name].appUrl,
      }),
    );
    closers.add(name, () => programs[name].close());
  }
  const partnerPorts = new Map<number, number>();
  const metricsPorts = new Map<number, number>();
  programs.gateway = await Copies.of('gateway/src/main.ts', async (port) => {
    const [partner, metrics] = [await freePort(), await freePort()];
    partnerPorts.set(port, partner);
    metricsPorts.set(port, metrics);
    return {
      ...kafka,
      STAFF_PORT: String(port),
      PARTNER_PORT: String(partner),
      METRICS_PORT: String(metrics),
      CLIENTS_URL: addressOf('clients'),
      TREATMENT_URL: addressOf('treatment'),
      REFERRALS_URL: addressOf('referrals'),
      NOTIFICATIONS_URL: addressOf('notifications'),
      VIEWER_PRIVATE_KEY: keys.viewer.privateKey,
      OIDC_ISSUER: signIn.issuer,
      RATE_LIMIT_DATABASE_URL: databases.clients.ownerUrl,
      COST_PER_MINUTE_STAFF: '100000000',
      COST_PER_MINUTE_PARTNER: String(PARTNER_BUDGET),
    };
  });
  closers.add('gateway', () => programs.gateway.close());
  return {
    programs,
    databases,
    tokenFor: (person) => signIn.tokenFor(person),
    gateways: () =>
      programs.gateway.copies.map(({ port }) => ({
        staff: `http://127.0.0.1:${String(port)}/graphql`,
        partner: `http://127.0.0.1:${String(partnerPorts.get(port))}/graphql`,
      })),
    metricsOf: (name) =>
      programs[name].copies.map(
        ({ port }) => `http://127.0.0.1:${String(metricsPorts.get(port) ?? port)}/metrics`,
      ),
    close: () => closers.close(silentLogger),
  };
}
