import { HeaderMap, type ApolloServerPlugin, type GraphQLRequest } from '@apollo/server';
import { execute, type DocumentNode, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import type { GatewayContext } from './context.ts';
import { withSubscriptions } from './live/live-schema.ts';
import { asksForSchema } from './operations/prepare.ts';
import { askedFields } from './safety/asked-fields.ts';

export interface Introspection extends ApolloServerPlugin<GatewayContext> {
  /** Replaces the schema that is described. */
  useSchema(schema: GraphQLSchema): void;
}

/**
 * Answers questions about the schema with its subscriptions, which the library does not know. A code generator needs
 * them. An operation that asks for data, too, goes to the library.
 */
export function introspection(): Introspection {
  let described: GraphQLSchema | null = null;
  return {
    useSchema: (schema) => {
      described = withSubscriptions(schema);
    },
    requestDidStart: () =>
      Promise.resolve({
        responseForOperation: async ({ document, operation, schema, request }) => {
          const asksForData = !askedFields({ schema, document, operation }, null).next().done;
          if (!described || asksForData || !asksForSchema(document)) return null;
          const singleResult = await answerFrom(described, document, request);
          return { http: { headers: new HeaderMap() }, body: { kind: 'single', singleResult } };
        },
      }),
  };
}

async function answerFrom(
  schema: GraphQLSchema,
  document: DocumentNode,
  { variables, operationName }: GraphQLRequest,
): Promise<{ data: Record<string, unknown> | null; errors?: GraphQLFormattedError[] }> {
  const asked = { schema, document, variableValues: variables ?? null, operationName: operationName ?? null };
  const { data = null, errors } = await execute(asked);
  return { data, ...(errors && { errors: errors.map((one) => one.toJSON()) }) };
}
