import type { GatewayConfig } from '@apollo/gateway';
import { LRUCache } from 'lru-cache';
import type { GatewayMeters } from './gateway-meters.ts';

type PlanCache = NonNullable<NonNullable<GatewayConfig['queryPlannerConfig']>['cache']>;
export type Plan = NonNullable<Awaited<ReturnType<PlanCache['get']>>>;

export interface KeptPlans extends PlanCache {
  /** Reads without counting. */
  peek(key: string): Plan | undefined;
}

const mostCharacters = 30 * 2 ** 20;

/** Caches plans as the library does, and counts. */
export function countedPlans(meters: GatewayMeters, graph: string): KeptPlans {
  const plans = new LRUCache<string, Plan>({
    maxSize: mostCharacters,
    sizeCalculation: (plan) => JSON.stringify(plan).length,
  });
  meters.plansKept(graph, () => plans.size);
  return {
    peek: (key) => plans.get(key),
    get: (key) => {
      const plan = plans.get(key);
      meters.planned(graph, plan ? 'hit' : 'miss');
      return Promise.resolve(plan);
    },
    set: (key, plan) => {
      plans.set(key, plan);
      return Promise.resolve();
    },
    delete: (key) => Promise.resolve(plans.delete(key)),
    clear: () => plans.clear(),
  };
}
