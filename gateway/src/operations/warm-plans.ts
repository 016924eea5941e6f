import internals, { type Operation, type Schema } from '@apollo/federation-internals';
import type { ApolloGateway } from '@apollo/gateway';
import { setImmediate as turn } from 'node:timers/promises';
import type { Prepared } from './prepare.ts';

/** Internals of the pinned version of the gateway. */
interface Inside {
  apiSchema: Schema;
  queryPlanner: { buildQueryPlan(operation: Operation): unknown };
  queryPlanStore: { get(key: string): Promise<unknown>; set(key: string, plan: unknown): Promise<void> };
}

/**
 * Plans operations before they are requested, and returns the number of plans. Other requests run in between.
 */
export async function warmPlans(gateway: ApolloGateway, operations: Iterable<Prepared>): Promise<number> {
  const { apiSchema, queryPlanner, queryPlanStore } = gateway as unknown as Inside;
  let planned = 0;
  for (const { document, queryHash } of operations) {
    const operation = internals.operationFromDocument(apiSchema, document);
    await queryPlanStore.set(queryHash, queryPlanner.buildQueryPlan(operation));
    planned += 1;
    await turn();
  }
  return planned;
}
