import { Counter, Gauge, Histogram, type Registry } from '@throughline/runtime';
import type { BreakerState } from '../subgraph/breaker.ts';
import type { SubgraphWatch } from '../subgraph/subgraph-source.ts';

export type OperationOutcome = 'ok' | 'partial' | 'refused' | 'failed';

/** Metrics for operators. No label has a value that a caller can choose freely. */
export interface GatewayMeters {
  answered(about: { graph: string; operation: string; outcome: OperationOutcome; seconds: number }): void;
  /** Whether a plan was in the cache. */
  planned(graph: string, cache: 'hit' | 'miss'): void;
  plansKept(graph: string, count: () => number): void;
  /** Whether the compiled plan answered, or the library from the point at which the plan stopped. */
  ranCompiled(graph: string, by: 'compiled plan' | 'library'): void;
  subgraph(name: string, state: () => BreakerState): SubgraphWatch;
  liveOpen(count: () => number): void;
  liveTold(): void;
}

const buckets = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const states: Record<BreakerState, number> = { closed: 0, 'half-open': 1, open: 2 };

export function createGatewayMeters(registry: Registry): GatewayMeters {
  const registers = [registry];
  const operations = new Histogram({
    name: 'gateway_operation_duration_seconds',
    help: 'Operations by name (of those that are listed), and how they ended',
    labelNames: ['graph', 'operation', 'outcome'],
    buckets,
    registers,
  });
  const plans = new Counter({
    name: 'gateway_plans_total',
    help: 'Plans that were looked for, by whether they were there already',
    labelNames: ['graph', 'cache'],
    registers,
  });
  const ran = new Counter({
    name: 'gateway_compiled_plans_total',
    help: 'Compiled plans that were run, by what answered in the end',
    labelNames: ['graph', 'by'],
    registers,
  });
  const told = new Counter({
    name: 'gateway_live_events_total',
    help: 'Events told to subscribers',
    registers,
  });
  const plansKept = gaugeOf(registers, 'gateway_plans_kept', 'Plans in memory', 'graph');
  const liveOpen = gaugeOf(registers, 'gateway_live_subscriptions', 'Open subscriptions', 'graph');
  return {
    answered: ({ seconds, ...labels }) => operations.observe(labels, seconds),
    planned: (graph, cache) => plans.inc({ graph, cache }),
    plansKept,
    ranCompiled: (graph, by) => ran.inc({ graph, by }),
    subgraph: subgraphMeters(registers),
    liveOpen: (count) => liveOpen('staff', count),
    liveTold: () => told.inc(),
  };
}

function subgraphMeters(registers: Registry[]): GatewayMeters['subgraph'] {
  const calls = new Histogram({
    name: 'gateway_subgraph_call_duration_seconds',
    help: 'Calls to a service by how they ended',
    labelNames: ['subgraph', 'outcome'],
    buckets,
    registers,
  });
  const missing = new Counter({
    name: 'gateway_subgraph_missing_total',
    help: 'Parts of answers that a service owes, by the code of the error',
    labelNames: ['subgraph', 'code'],
    registers,
  });
  const shared = new Counter({
    name: 'gateway_subgraph_shared_total',
    help: 'Queries that were answered by a call that another one had begun',
    labelNames: ['subgraph'],
    registers,
  });
  const breaker = gaugeOf(registers, 'gateway_subgraph_breaker', '0 closed, 1 half-open, 2 open', 'subgraph');
  return (subgraph, state) => {
    breaker(subgraph, () => states[state()]);
    return {
      called: (outcome, seconds) => calls.observe({ subgraph, outcome }, seconds),
      missing: (code) => missing.inc({ subgraph, code }),
      shared: () => shared.inc({ subgraph }),
    };
  };
}

/** A gauge that computes its values when it is read. */
function gaugeOf(registers: Registry[], name: string, help: string, label: string) {
  const asked = new Map<string, () => number>();
  new Gauge({
    name,
    help,
    labelNames: [label],
    registers,
    collect() {
      for (const [value, count] of asked) this.set({ [label]: value }, count());
    },
  });
  return (value: string, count: () => number): void => void asked.set(value, count);
}
