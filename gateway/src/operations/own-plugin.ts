import type {
  ApolloServerPlugin,
  BaseContext,
  GraphQLRequestContext,
  GraphQLRequestContextDidResolveOperation,
  GraphQLRequestContextWillSendResponse,
} from '@apollo/server';

/**
 * A plugin that works in Apollo Server's pipeline and on our direct path: only these hooks, so that nothing
 * that guards the one can be missing in the other. They are not promises where they need not be.
 */
export interface OwnPlugin<Context extends BaseContext> {
  begin(context: GraphQLRequestContext<Context>): OwnListener<Context>;
}

export interface OwnListener<Context extends BaseContext> {
  /** May throw a GraphQLError to refuse. */
  didResolveOperation?(context: GraphQLRequestContextDidResolveOperation<Context>): Promise<void> | undefined;
  willSendResponse?(context: GraphQLRequestContextWillSendResponse<Context>): void;
}

/** The same plugin, as Apollo Server asks it. */
export function inPipeline<Context extends BaseContext>(
  plugin: OwnPlugin<Context>,
): ApolloServerPlugin<Context> {
  return {
    requestDidStart: (context) => {
      const listener = plugin.begin(context);
      return Promise.resolve({
        didResolveOperation: async (resolved) => listener.didResolveOperation?.(resolved),
        willSendResponse: (answered) => Promise.resolve(listener.willSendResponse?.(answered)),
      });
    },
  };
}
