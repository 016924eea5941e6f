import { GraphQLError, OperationTypeNode } from 'graphql';
import type { GatewayContext } from './context.ts';
import type { OwnPlugin } from './operations/own-plugin.ts';

/** A request that names no operation of its document is a fault of the caller; the library reports it as ours. */
export const namedOperation: OwnPlugin<GatewayContext> = {
  begin: () => ({
    didResolveOperation: ({ request, operation }) => {
      if (operation as unknown) return undefined;
      const wanted = request.operationName ? 'no operation of that name' : 'several operations: name one';
      throw new GraphQLError(`The document has ${wanted}.`, {
        extensions: { code: 'OPERATION_RESOLUTION_FAILURE', http: { status: 400 } },
      });
    },
  }),
};

/** Subscriptions have addresses of their own. */
export const noSubscription: OwnPlugin<GatewayContext> = {
  begin: () => ({
    didResolveOperation: ({ operation }) => {
      if (operation?.operation !== OperationTypeNode.SUBSCRIPTION) return undefined;
      throw new GraphQLError('Send subscriptions to /graphql/stream or /graphql/ws.', {
        extensions: { code: 'BAD_REQUEST', http: { status: 400 } },
      });
    },
  }),
};
