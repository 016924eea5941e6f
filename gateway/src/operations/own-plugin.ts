import type {
  ApolloServerPlugin,
  BaseContext,
  GraphQLRequestContext,
  GraphQLRequestContextDidResolveOperation,
  GraphQLRequestContextWillSendResponse,
} from '@apollo/server';

/**
 * A plugin for Apollo Server's pipeline and for our direct path. It has only these hooks, so that both paths
 * have the same checks. A hook returns a promise only where it must.
 */
export interface OwnPlugin<Context extends BaseContext> {
  begin(context: GraphQLRequestContext<Context>): OwnListener<Context>;
}

export interface OwnListener<Context extends BaseContext> {
  /** May throw a GraphQLError to refuse. */
  didResolveOperation?(context: GraphQLRequestContextDidResolveOperation<Context>): Promise<void> | undefined;
  willSendResponse?(context: GraphQLRequestContextWillSendResponse<Context>): void;
}

/** The same plugin in the form that Apollo Server expects. */
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
