import { GraphQLError } from 'graphql';
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
