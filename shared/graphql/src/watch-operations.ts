import type { ApolloServerPlugin } from '@apollo/server';
import { tellSpan, type Logger } from '@throughline/runtime';
import { isOurFault, originalOf } from './errors.ts';

/** Viewer and id of the request, for every log line of it. */
export interface RequestAbout {
  requestId: string;
  viewerId: string;
}

const about = Symbol('request');

/** Notes the viewer on the context of a request; the library executes with a copy, which has this note, too. */
export function rememberRequest<Context extends object>(context: Context, request: RequestAbout): Context {
  return Object.assign(context, { [about]: request });
}

/** Logs our own faults under the request and its operation, and names the operation in its trace. */
export function watchOperations(logger: Logger): ApolloServerPlugin<object> {
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
          const request = (contextValue as { [about]?: RequestAbout })[about];
          const known = { ...request, operation: operationName ?? 'anonymous' };
          for (const error of errors.filter(isOurFault)) {
            const code = error.extensions.code ?? 'INTERNAL_SERVER_ERROR';
            logger.error({ ...known, error: originalOf(error), code }, 'a resolver failed');
          }
          return Promise.resolve();
        },
      }),
  };
}
