import internals, { type Schema } from '@apollo/federation-internals';
import type { ApolloGateway } from '@apollo/gateway';
import { evaluateCondition, type QueryPlan } from '@apollo/query-planner';
import { getVariableValues, OperationTypeNode, type GraphQLSchema } from 'graphql';
import type { GatewayContext } from '../context.ts';
import type { KeptPlans } from '../metrics/plan-cache.ts';
import type { Prepared } from '../operations/prepare.ts';
import { NotCovered } from '../shaping/not-covered.ts';
import { OperationShape } from '../shaping/operation-shape.ts';
import { RecordedAnswers } from '../subgraph/recorded-answers.ts';
import type { SubgraphSource } from '../subgraph/subgraph-source.ts';
import { compilePlan } from './plan-program.ts';
import type { Data, Run, Step, Variables } from './run.ts';

/** Internals of the pinned version of the gateway. */
interface Inside {
  apiSchema: Schema;
  supergraphSchema: GraphQLSchema;
  serviceMap: Record<string, { dataSource: SubgraphSource }>;
}

interface Compiled {
  first: Step;
  shape: OperationShape;
}

export interface PlanWatch {
  /** A compiled plan existed, and the library was not needed. */
  planned(): void;
  /** The part that gave the final answer. */
  ran(by: 'compiled plan' | 'library'): void;
}

/** Data of the answer, or what the library needs to answer. */
export type Executed = { data: Data } | { recorded: RecordedAnswers };

/**
 * Runs the plans of queries as code that was compiled once. It answers only when every part is correct.
 * Otherwise, also for errors and for null in a non-null field, the library answers from the recorded answers of
 * the services.
 */
export class CompiledPlans {
  readonly #gateway: Inside;
  readonly #plans: Pick<KeptPlans, 'peek'>;
  readonly #watch: PlanWatch;
  /** Null: the library executes some parts of the plan. */
  #compiled = new WeakMap<Prepared, Compiled | null>();

  constructor(gateway: ApolloGateway, plans: Pick<KeptPlans, 'peek'>, watch: PlanWatch) {
    this.#gateway = gateway as unknown as Inside;
    this.#plans = plans;
    this.#watch = watch;
  }

  /** Replaces the supergraph; later plans belong to the new one. */
  forget(): void {
    this.#compiled = new WeakMap();
  }

  /** Null when the library must answer. No service was asked yet. */
  async run(
    prepared: Prepared,
    given: Variables,
    { schema, context }: { schema: GraphQLSchema; context: GatewayContext },
  ): Promise<Executed | null> {
    const compiled = this.#compiled.get(prepared) ?? this.#compile(prepared);
    if (!compiled || !takes(schema, prepared, given)) return null;
    const recorded = new RecordedAnswers();
    const run: Run = { context, variables: given, root: null, irregular: false, recorded };
    const data = await finished(compiled, run);
    this.#watch.ran(data ? 'compiled plan' : 'library');
    if (!data) return { recorded };
    this.#watch.planned();
    return { data };
  }

  #compile(prepared: Prepared): Compiled | null {
    if (this.#compiled.has(prepared)) return null;
    const plan = this.#plans.peek(prepared.queryHash);
    // The library makes the plan, so it is there next time.
    if (!plan) return null;
    const compiled =
      prepared.operation.operation === OperationTypeNode.QUERY ? this.#of(prepared, plan) : null;
    this.#compiled.set(prepared, compiled);
    return compiled;
  }

  #of({ document }: Prepared, { node }: QueryPlan): Compiled | null {
    const { apiSchema, supergraphSchema, serviceMap } = this.#gateway;
    if (!node || node.kind === 'Subscription') return null;
    const operation = internals.operationFromDocument(apiSchema, document, { validate: false });
    const first = compilePlan(node, {
      supergraph: supergraphSchema,
      sourceOf: (service) => known(serviceMap, service),
      holds: (condition, given) => evaluateCondition(condition, operation.variableDefinitions, given),
    });
    return first && { first, shape: new OperationShape(operation) };
  }
}

async function finished({ first, shape }: Compiled, run: Run): Promise<Data | null> {
  try {
    await first(run);
    return run.irregular ? null : shape.shape(run.root ?? {}, run.variables);
  } catch (error) {
    if (error instanceof NotCovered) return null;
    throw error;
  }
}

/** The library reports a fault of a variable. */
function takes(schema: GraphQLSchema, { operation }: Prepared, given: Variables): boolean {
  const definitions = operation.variableDefinitions ?? [];
  if (definitions.length === 0) return true;
  return !getVariableValues(schema, definitions, given, { maxErrors: 1 }).errors;
}

function known(serviceMap: Inside['serviceMap'], service: string): SubgraphSource {
  const found = serviceMap[service];
  if (!found) throw new Error(`There is no service ${service}`);
  return found.dataSource;
}
