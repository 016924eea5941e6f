import type {
  ApolloServerPlugin,
  BaseContext,
  GraphQLRequestContext,
  GraphQLRequestContextDidResolveOperation,
  GraphQLRequestContextWillSendResponse,
} from '@apollo/server';

/**
 * A plugin that works in Apollo Server's pipeline and on the direct path beside it: only these hooks, so that nothing
 * that guards the one can be missing in the other. `didResolveOperation` may throw a GraphQLError to refuse.
 */
export interface OwnPlugin<Context extends BaseContext> extends ApolloServerPlugin<Context> {
  requestDidStart(context: GraphQLRequestContext<Context>): Promise<OwnListener<Context>>;
  serverWillStart?: never;
}

export interface OwnListener<Context extends BaseContext> {
  didResolveOperation?(context: GraphQLRequestContextDidResolveOperation<Context>): Promise<void>;
  willSendResponse?(context: GraphQLRequestContextWillSendResponse<Context>): Promise<void>;
}
