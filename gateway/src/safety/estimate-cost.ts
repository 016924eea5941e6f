import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isObjectType,
  Kind,
  OperationTypeNode,
  valueFromASTUntyped,
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { CostModel, ListSize } from './cost-model.ts';

/** A list without a known length. */
export const usualListSize = 10;
/** Cost of a mutation in addition to its answer. */
export const mutationWeight = 10;

export interface CostedOperation {
  schema: GraphQLSchema;
  document: DocumentNode;
  operation: OperationDefinitionNode;
  variables: Readonly<Record<string, unknown>>;
}

/** Length of the lists that the parent field asked for. */
interface Sized {
  fields: readonly string[];
  size: number;
}

/**
 * Highest number of objects that an operation asks for, weighted by `@cost`. An object counts 1, a value 0, a
 * mutation 10 more. A list has the length of `@listSize` and the arguments, otherwise 10. Fragments of types
 * that exclude each other all count.
 */
export function estimateCost(model: CostModel, asked: CostedOperation): number {
  return new Estimate(model, asked).total();
}

class Estimate {
  readonly #model: CostModel;
  readonly #asked: CostedOperation;
  readonly #fragments = new Map<string, SelectionSetNode & { on: string }>();
  /** A fragment that is used many times is computed once. */
  readonly #known = new Map<string, number>();

  constructor(model: CostModel, asked: CostedOperation) {
    this.#model = model;
    this.#asked = asked;
    for (const one of asked.document.definitions)
      if (one.kind === Kind.FRAGMENT_DEFINITION)
        this.#fragments.set(one.name.value, { ...one.selectionSet, on: one.typeCondition.name.value });
  }

  total(): number {
    const { schema, operation } = this.#asked;
    const root = schema.getRootType(operation.operation);
    if (!root) return 0;
    const changes =
      operation.operation === OperationTypeNode.MUTATION ? operation.selectionSet.selections.length : 0;
    return changes * mutationWeight + this.#ofSet(root, operation.selectionSet, null);
  }

  #ofSet(type: GraphQLCompositeType, { selections }: SelectionSetNode, sized: Sized | null): number {
    return selections.reduce((sum, selection) => sum + this.#ofSelection(type, selection, sized), 0);
  }

  #ofSelection(type: GraphQLCompositeType, selection: SelectionNode, sized: Sized | null): number {
    if (this.#leftOut(selection)) return 0;
    if (selection.kind === Kind.FIELD) return this.#ofField(type, selection, sized);
    if (selection.kind === Kind.FRAGMENT_SPREAD) return this.#ofSpread(selection.name.value, sized);
    const on = selection.typeCondition ? this.#typeOf(selection.typeCondition.name.value) : type;
    return on ? this.#ofSet(on, selection.selectionSet, sized) : 0;
  }

  #ofSpread(name: string, sized: Sized | null): number {
    const key = `${name} ${sized?.fields.join() ?? ''} ${sized?.size ?? ''}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const fragment = this.#fragments.get(name);
    const on = fragment && this.#typeOf(fragment.on);
    const cost = on ? this.#ofSet(on, fragment, sized) : 0;
    this.#known.set(key, cost);
    return cost;
  }

  #ofField(type: GraphQLCompositeType, field: FieldNode, sized: Sized | null): number {
    const definition = 'getFields' in type ? type.getFields()[field.name.value] : undefined;
    if (!definition) return 0;
    const { weight, listSize } = this.#model.of(type.name, definition.name);
    const returned = getNamedType(definition.type);
    const size = listSize && this.#sizeOf(definition, field, listSize);
    const inside = listSize && size !== null && listSize.sizedFields.length > 0;
    const below =
      field.selectionSet && isCompositeType(returned)
        ? this.#ofSet(returned, field.selectionSet, inside ? { fields: listSize.sizedFields, size } : null)
        : 0;
    const own = weight ?? (isCompositeType(returned) ? 1 : 0);
    if (!isListType(getNullableType(definition.type))) return own + below;
    const asAbove = sized?.fields.includes(definition.name) ? sized.size : null;
    return (asAbove ?? (inside ? null : size) ?? usualListSize) * (own + below);
  }

  #sizeOf(
    definition: GraphQLField<unknown, unknown>,
    field: FieldNode,
    { slicingArguments, assumedSize }: ListSize,
  ): number | null {
    const given = slicingArguments.flatMap((name) => {
      const node = field.arguments?.find((argument) => argument.name.value === name);
      const value = node ? valueFromASTUntyped(node.value, this.#asked.variables) : undefined;
      const known = value ?? definition.args.find((argument) => argument.name === name)?.defaultValue;
      return typeof known === 'number' ? [Math.max(0, known)] : [];
    });
    return given.length > 0 ? Math.max(...given) : assumedSize;
  }

  #leftOut({ directives = [] }: SelectionNode): boolean {
    return directives.some((directive) => {
      const condition = directive.arguments?.find(({ name }) => name.value === 'if');
      if (!condition) return false;
      const value = valueFromASTUntyped(condition.value, this.#asked.variables);
      return directive.name.value === 'skip' ? value === true : value === false;
    });
  }

  #typeOf(name: string): GraphQLCompositeType | null {
    const type = this.#asked.schema.getType(name);
    return isCompositeType(type) || isObjectType(type) ? type : null;
  }
}
