import { messagingEntities, messagingMigrations } from '@throughline/messaging';
import { newKeyPair, serviceConfig, signingKeyOf, type ServiceConfig } from '@throughline/runtime';
import type { TestDatabase } from '@throughline/testing';
import { z } from 'zod';
import { GraphQLBoolean, GraphQLObjectType, GraphQLSchema } from 'graphql';
import { serviceDatabase } from './migrated-database.ts';

/** For tests: a service with only the common parts. */
export const about = { service: 'probes', entities: messagingEntities, timers: true };

export const release = serviceDatabase({ ...about, migrations: messagingMigrations });

const { privateKey, publicKey } = newKeyPair();

/** Key with which the gateway of the tests signs. */
export const gatewayKey = signingKeyOf(privateKey);

export const schema = new GraphQLSchema({
  query: new GraphQLObjectType({ name: 'Query', fields: { well: { type: GraphQLBoolean } } }),
});

export function configOf({ appUrl }: TestDatabase): ServiceConfig {
  return z.object(serviceConfig).parse({
    PORT: 0,
    DATABASE_URL: appUrl,
    DATABASE_POOL_SIZE: 5,
    KAFKA_BROKERS: 'unused',
    VIEWER_PUBLIC_KEYS: publicKey,
    LOG_LEVEL: 'silent',
  });
}
