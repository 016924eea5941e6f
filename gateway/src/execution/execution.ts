import type { ApolloGateway } from '@apollo/gateway';
import type { GraphQLRequestContext } from '@apollo/server';
import type { Logger } from '@throughline/runtime';
import type { GatewayContext } from '../context.ts';
import type { GatewayMeters } from '../metrics/gateway-meters.ts';
import type { KeptPlans } from '../metrics/plan-cache.ts';
import type { OwnPlugin } from '../operations/own-plugin.ts';
import type { Prepared } from '../operations/prepare.ts';

export type ExecutionName = 'compiled' | 'library';
export type ExecutionResult = Awaited<ReturnType<ApolloGateway['executor']>>;

/** Executes the operations of a graph. Every implementation gives the same answers. */
export interface Execution {
  readonly name: ExecutionName;
  /** What it does before an operation, on the direct path and in Apollo Server's pipeline. */
  readonly plugins: readonly OwnPlugin<GatewayContext>[];
  execute(prepared: Prepared, about: GraphQLRequestContext<GatewayContext>): Promise<ExecutionResult>;
  /** Replaces the supergraph; what was compiled for the one before is dropped. */
  forget(): void;
}

export interface ExecutionParts {
  graph: string;
  gateway: ApolloGateway;
  plans: Pick<KeptPlans, 'peek'>;
  meters: GatewayMeters;
  logger: Logger;
}
