import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { extendSchema, parse, type GraphQLSchema } from 'graphql';

const definition = parse(readFileSync(join(import.meta.dirname, 'live.graphql'), 'utf8'));

/** Schema of the graph with subscriptions. The planner does not know them. */
export function withSubscriptions(schema: GraphQLSchema): GraphQLSchema {
  if (schema.getSubscriptionType()) return schema;
  return extendSchema(schema, definition);
}
