import { Kind, type OperationDefinitionNode, type TypeNode } from 'graphql';
import { LRUCache } from 'lru-cache';

type Variables = Readonly<Record<string, unknown>>;

interface Known {
  /** Variables that change an estimate: lengths and conditions. */
  names: readonly string[];
  costs: LRUCache<string, number>;
}

const mostRemembered = 100;

/** Costs of operations that are repeated. */
export class KnownCosts {
  readonly #known = new WeakMap<OperationDefinitionNode, Known>();

  /** Earlier estimate for the same operation and equal variables. */
  of(operation: OperationDefinitionNode, variables: Variables, estimate: () => number): number {
    const { names, costs } = this.#of(operation);
    const key = JSON.stringify(names.map((name) => variables[name]));
    const known = costs.get(key);
    if (known !== undefined) return known;
    const cost = estimate();
    costs.set(key, cost);
    return cost;
  }

  #of(operation: OperationDefinitionNode): Known {
    let known = this.#known.get(operation);
    if (!known) {
      known = { names: weighty(operation), costs: new LRUCache({ max: mostRemembered }) };
      this.#known.set(operation, known);
    }
    return known;
  }
}

function weighty({ variableDefinitions = [] }: OperationDefinitionNode): string[] {
  return variableDefinitions.flatMap(({ variable, type }) =>
    ['Int', 'Boolean'].includes(nameOf(type)) ? [variable.name.value] : [],
  );
}

function nameOf(type: TypeNode): string {
  const inner = type.kind === Kind.NON_NULL_TYPE ? type.type : type;
  return inner.kind === Kind.NAMED_TYPE ? inner.name.value : '';
}
