import type { Operation } from '@apollo/federation-internals';
import { conditionNames, type Conditions } from './collect-fields.ts';
import { compileRoot, type Shape } from './compile-shape.ts';
import { NotCovered, notCovered } from './not-covered.ts';

export type Variables = Readonly<Record<string, unknown>>;

/** An operation with more combinations of conditions is rare; the library answers the rest. */
const mostVariants = 32;

/** Shapes the answers of one operation; compiled at the first answer, for each combination of its conditions. */
export class OperationShape {
  readonly #operation: Operation;
  readonly #defaults: Variables;
  readonly #conditions: readonly string[];
  readonly #variants = new Map<string, Shape>();

  constructor(operation: Operation) {
    this.#operation = operation;
    this.#defaults = operation.collectDefaultedVariableValues() as Variables;
    this.#conditions = [...conditionNames(operation.schema(), operation.selectionSet)];
  }

  /** Data of the answer; null when it is not covered, then the library must answer. */
  shape(input: unknown, variables: Variables | undefined): Record<string, unknown> | null {
    try {
      return this.#variant(variables)(input) as Record<string, unknown>;
    } catch (error) {
      if (error instanceof NotCovered) return null;
      throw error;
    }
  }

  #variant(variables: Variables | undefined): Shape {
    const values = this.#conditions.map((name) => [name, this.#valueOf(name, variables)] as const);
    const key = values.map(([, value]) => (value ? '1' : '0')).join('');
    const known = this.#variants.get(key);
    if (known) return known;
    if (this.#variants.size >= mostVariants) return notCovered('many variants');
    const shape = this.#compile(new Map(values));
    this.#variants.set(key, shape);
    return shape;
  }

  #valueOf(name: string, variables: Variables | undefined): boolean {
    const value = variables && name in variables ? variables[name] : this.#defaults[name];
    return typeof value === 'boolean' ? value : notCovered('no condition');
  }

  #compile(conditions: Conditions): Shape {
    const schema = this.#operation.schema();
    const root = schema.schemaDefinition.rootType(this.#operation.rootKind);
    if (!root) return notCovered('no root');
    return compileRoot(root, this.#operation.selectionSet, { schema, conditions });
  }
}
