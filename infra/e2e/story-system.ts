import * as clients from '@throughline/clients';
import { startSystem, type RestartableService, type SystemOptions } from '@throughline/local/system';
import * as notifications from '@throughline/notifications';
import * as referrals from '@throughline/referrals';
import { Closers, silentLogger } from '@throughline/runtime';
import { startSignIn } from '@throughline/sign-in';
import {
  graphqlClient,
  kafkaForTests,
  testDatabase,
  type GraphQLClient,
  type TestDatabase,
} from '@throughline/testing';
import * as treatment from '@throughline/treatment';
import { StoryClock } from './story-clock.ts';

const owners = { clients, treatment, referrals, notifications };
type Name = keyof typeof owners;

export interface StorySystem {
  /** Talks to the graph that the person belongs to, signed in as that person. */
  as(person: string): Promise<GraphQLClient>;
  tokenFor(person: string): Promise<string>;
  databases: Record<Name, TestDatabase>;
  services: Record<Name, RestartableService>;
  /** The clock of the services: a story moves it forward, and their timers follow. */
  clock: StoryClock;
  staffUrl: string;
  partnerUrl: string;
  close(): Promise<void>;
}

const partners = new Set(['amara', 'hanne', 'dario', 'shelter-system']);

/** Everything for one story: four services with databases of their own, real Kafka, sign-in and gateway. */
export async function startStorySystem(
  differing: Pick<SystemOptions, 'between' | 'gateway' | 'launch' | 'log'> &
    Partial<Pick<SystemOptions, 'logLevel' | 'environment'>> = {},
): Promise<StorySystem> {
  const closers = new Closers();
  const databases = {} as Record<Name, TestDatabase>;
  for (const [name, { migrate }] of Object.entries(owners)) {
    const database = await testDatabase(name, { migrate });
    databases[name as Name] = database;
    closers.add(`${name} database`, () => database.drop());
  }
  const clock = new StoryClock(Object.values(databases).map(({ appUrl }) => appUrl));
  closers.add('story clock', () => clock.close());
  const { brokers, topicPrefix } = await kafkaForTests();
  const signIn = await startSignIn({ port: 0 });
  closers.add('sign-in', () => signIn.close());

  const ports = { clients: 0, treatment: 0, referrals: 0, notifications: 0, staff: 0, partner: 0 };
  const { gateway, services } = await startSystem(
    {
      infrastructure: { databases, brokers },
      ports,
      issuer: signIn.issuer,
      topicPrefix,
      logLevel: 'silent',
      now: clock.now,
      ...differing,
      // A story that is not about slow services waits for its answers on a machine that has much to do.
      gateway: { SUBGRAPH_TIMEOUT_MS: 60_000, ...differing.gateway },
      // The shortest session that a broker allows by default: after a kill the others go on soon.
      environment: {
        ...{ WEBHOOK_ALLOWED_HOSTS: '127.0.0.1', KAFKA_SESSION_TIMEOUT_MS: '6000' },
        ...differing.environment,
      },
    },
    closers,
  );
  return {
    as: async (person) => {
      const url = partners.has(person) ? gateway.partnerUrl : gateway.staffUrl;
      return graphqlClient(url, await signIn.tokenFor(person));
    },
    tokenFor: (person) => signIn.tokenFor(person),
    databases,
    services,
    clock,
    staffUrl: gateway.staffUrl,
    partnerUrl: gateway.partnerUrl,
    close: () => closers.close(silentLogger),
  };
}
