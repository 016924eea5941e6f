import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, Kind, OperationTypeNode, type OperationDefinitionNode } from 'graphql';
import type { Viewer } from './viewer.ts';

/**
 * Refuses everything except a query of this one root field when a service asks. It does not concern people.
 * Null: refuses every call of a service.
 */
export function internalCallOnly(field: string | null): ApolloServerPlugin {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation: ({ contextValue, operation }) => {
          const { viewer } = contextValue as { viewer?: Viewer };
          if (viewer?.graph === 'INTERNAL' && !asksOnly(operation, field)) throw forbidden();
          return Promise.resolve();
        },
      }),
  };
}

/** A fragment at the root could have any field, so it is refused. */
function asksOnly(asked: OperationDefinitionNode | undefined, field: string | null): boolean {
  return (
    asked?.operation === OperationTypeNode.QUERY &&
    asked.selectionSet.selections.every(
      (selection) => selection.kind === Kind.FIELD && selection.name.value === field,
    )
  );
}

const forbidden = (): GraphQLError =>
  new GraphQLError('A service may ask only what its key is for.', { extensions: { code: 'FORBIDDEN' } });
