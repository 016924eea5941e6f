import { messagingEntities, messagingMigrations } from '@throughline/messaging';
import { serviceConfig, type ServiceConfig } from '@throughline/runtime';
import type { TestDatabase } from '@throughline/testing';
import { z } from 'zod';
import { GraphQLBoolean, GraphQLObjectType, GraphQLSchema } from 'graphql';
import { serviceDatabase } from './migrated-database.ts';

/** For tests: a service that knows nothing but what all have. */
export const about = { service: 'probes', entities: messagingEntities, timers: true };

export const release = serviceDatabase({ ...about, migrations: messagingMigrations });

export const schema = new GraphQLSchema({
  query: new GraphQLObjectType({ name: 'Query', fields: { well: { type: GraphQLBoolean } } }),
});

export function configOf({ appUrl }: TestDatabase): ServiceConfig {
  return z.object(serviceConfig).parse({
    PORT: 0,
    DATABASE_URL: appUrl,
    DATABASE_POOL_SIZE: 5,
    KAFKA_BROKERS: 'unused',
    VIEWER_TOKEN_SECRET: 'a secret of at least thirty-two characters',
    LOG_LEVEL: 'silent',
  });
}
