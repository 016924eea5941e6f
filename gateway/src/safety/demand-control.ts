import type { GraphQLRequestContextDidResolveOperation } from '@apollo/server';
import { HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';
import type { GatewayContext } from '../context.ts';
import type { OwnPlugin } from '../operations/own-plugin.ts';
import type { Allowance } from './allowance.ts';
import { CostModel } from './cost-model.ts';
import { estimateCost } from './estimate-cost.ts';
import { KnownCosts } from './known-costs.ts';
import { longestList } from './list-limit.ts';

export interface Demand {
  /** Highest cost of one operation. */
  perOperation: number;
  /** What one viewer may ask for in a minute. */
  allowance: Allowance;
  /** Highest number of entries of a list in the input. */
  longestList: number;
}

export interface DemandControl extends OwnPlugin<GatewayContext> {
  /** Replaces the supergraph from which costs are read. */
  useSupergraph(sdl: string): void;
}

/**
 * Refuses what costs too much before it is planned: one operation, or the operations of one viewer in a minute.
 */
export function demandControl(demand: Demand): DemandControl {
  let model: CostModel | null = null;
  let known = new KnownCosts();
  return {
    useSupergraph: (sdl) => {
      model = new CostModel(sdl);
      known = new KnownCosts();
    },
    begin: () => ({
      didResolveOperation: async (context) => {
        if (!model) return;
        refuseLongLists(context, demand.longestList);
        const estimate = estimateOf(model, known, context);
        if (estimate > demand.perOperation) throw tooCostly(estimate, demand.perOperation);
        const waitMs = await demand.allowance.take(context.contextValue.viewer.id, estimate);
        if (waitMs !== null) throw tooMuch(waitMs);
      },
    }),
  };
}

type Resolved = GraphQLRequestContextDidResolveOperation<GatewayContext>;

function estimateOf(model: CostModel, known: KnownCosts, resolved: Resolved): number {
  const { schema, document, request } = resolved;
  const variables = request.variables ?? {};
  // Another check refuses a request that names no operation.
  const operation: Resolved['operation'] | undefined = resolved.operation;
  return operation
    ? known.of(operation, variables, () => estimateCost(model, { schema, document, operation, variables }))
    : 0;
}

function refuseLongLists({ document, request }: Resolved, most: number): void {
  const longest = longestList(document, request.variables);
  if (longest <= most) return;
  const message = `A list has ${longest} entries; the limit is ${most}: ask in parts.`;
  throw new GraphQLError(message, { extensions: { code: 'LIMIT_EXCEEDED', http: { status: 400 } } });
}

function tooCostly(estimate: number, budget: number): GraphQLError {
  const message = `The operation may cost ${estimate}, over the budget of ${budget}: ask for smaller pages or fewer fields.`;
  const code = 'OPERATION_TOO_COSTLY';
  return new GraphQLError(message, { extensions: { code, estimate, budget, http: { status: 400 } } });
}

function tooMuch(msBeforeNext: number): GraphQLError {
  const retryAfter = Math.max(1, Math.ceil(msBeforeNext / 1_000));
  const message = `You have asked for too much within a minute: try again in ${retryAfter} s.`;
  const headers = new HeaderMap([['retry-after', String(retryAfter)]]);
  return new GraphQLError(message, {
    extensions: { code: 'RATE_LIMITED', retryAfter, http: { status: 429, headers } },
  });
}
