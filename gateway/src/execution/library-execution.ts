import type { ApolloGateway } from '@apollo/gateway';
import type { Execution } from './execution.ts';

/** The library plans, executes and shapes every operation. */
export function libraryExecution(gateway: ApolloGateway): Execution {
  return {
    name: 'library',
    plugins: [],
    execute: (_prepared, about) => gateway.executor(about as never),
    forget: () => undefined,
  };
}
