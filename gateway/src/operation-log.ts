import { tellSpan, type Logger } from '@throughline/runtime';
import type { GraphQLError } from 'graphql';
import type { GatewayContext } from './context.ts';
import { speakable } from './mask.ts';
import type { OwnPlugin } from './operations/own-plugin.ts';

/** One line an operation: who, what, how long. Never variables, never answers. */
export function operationLog(logger: Logger): OwnPlugin<GatewayContext> {
  const logFault = (error: GraphQLError, requestId: string): void => {
    logger.error({ requestId, error: error.originalError ?? error }, 'a fault of the gateway');
  };
  return {
    begin: () => {
      const started = performance.now();
      return {
        willSendResponse: (about) => {
          const { operationName, errors, contextValue } = about;
          const { requestId, viewer } = contextValue;
          const durationMs = Math.round(performance.now() - started);
          const operation = operationName ?? 'anonymous';
          tellSpan(() => {
            const type = about.operation?.operation ?? 'graphql';
            const attributes = {
              'graphql.operation.type': type,
              'graphql.operation.name': operation,
              'throughline.errors': errors?.length ?? 0,
            };
            return { name: type, attributes };
          });
          for (const error of errors ?? []) if (isOurFault(error)) logFault(error, requestId);
          logger.info(
            { requestId, viewerId: viewer.id, operation, durationMs, count: errors?.length ?? 0 },
            'operation',
          );
        },
      };
    },
  };
}

/** A fault that no service told: its service logs its own. */
function isOurFault({ extensions: { code, serviceName } }: GraphQLError): boolean {
  return serviceName === undefined && !(typeof code === 'string' && speakable.has(code));
}
