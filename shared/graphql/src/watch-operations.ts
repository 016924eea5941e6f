import type { ApolloServerPlugin } from '@apollo/server';
import { tellSpan, type Logger } from '@throughline/runtime';
import { isOurFault, originalOf } from './errors.ts';

/** Whose request it is: what every log line of it carries. */
export interface RequestAbout {
  requestId: string;
  viewerId: string;
}

/** Logs what is our fault, under the request and its operation, and names the operation in its trace. */
export function watchOperations<Context extends object>(
  logger: Logger,
  aboutOf: (context: Context) => RequestAbout | undefined,
): ApolloServerPlugin<Context> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation: ({ operationName, operation }) => {
          const type = operation?.operation ?? 'graphql';
          const attributes = {
            'graphql.operation.type': type,
            'graphql.operation.name': operationName ?? 'anonymous',
          };
          tellSpan(() => ({ name: type, attributes }));
          return Promise.resolve();
        },
        didEncounterErrors: ({ errors, operationName, contextValue }) => {
          tellSpan(() => ({ attributes: { 'throughline.errors': errors.length } }));
          const about = { ...aboutOf(contextValue), operation: operationName ?? 'anonymous' };
          for (const error of errors.filter(isOurFault)) {
            const code = error.extensions.code ?? 'INTERNAL_SERVER_ERROR';
            logger.error({ ...about, error: originalOf(error), code }, 'a resolver failed');
          }
          return Promise.resolve();
        },
      }),
  };
}
