import {
  getNamedType,
  isCompositeType,
  Kind,
  valueFromASTUntyped,
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
} from 'graphql';

export interface AskedOperation {
  schema: GraphQLSchema;
  document: DocumentNode;
  operation: OperationDefinitionNode;
}

export interface AskedField {
  type: string;
  field: string;
  /** Its place in the answer, by the keys of the operation. */
  path: readonly string[];
}

type Variables = Readonly<Record<string, unknown>>;

/**
 * Every field that an operation asks for, with each fragment once. With variables, fields that they skip or do
 * not include are left out; without variables, all fields count.
 */
export function* askedFields(asked: AskedOperation, variables: Variables | null): Generator<AskedField> {
  const root = asked.schema.getRootType(asked.operation.operation);
  const given = variables && { ...defaultsOf(asked.operation), ...variables };
  if (root) yield* new Walk(asked, given).of(root, asked.operation.selectionSet.selections, []);
}

class Walk {
  readonly #asked: AskedOperation;
  readonly #variables: Variables | null;
  /** The fields of a fragment do not depend on the place where it is used. */
  readonly #walked = new Set<string>();

  constructor(asked: AskedOperation, variables: Variables | null) {
    this.#asked = asked;
    this.#variables = variables;
  }

  *of(
    type: GraphQLCompositeType,
    selections: readonly SelectionNode[],
    path: readonly string[],
  ): Generator<AskedField> {
    for (const selection of selections) {
      if (this.#variables && isLeftOut(selection, this.#variables)) continue;
      if (selection.kind === Kind.FIELD) yield* this.#ofField(type, selection, path);
      else if (selection.kind === Kind.FRAGMENT_SPREAD) yield* this.#ofSpread(selection.name.value, path);
      else {
        const on = this.#typeOf(selection.typeCondition?.name.value) ?? type;
        yield* this.of(on, selection.selectionSet.selections, path);
      }
    }
  }

  *#ofField(
    type: GraphQLCompositeType,
    { name, alias, selectionSet }: FieldNode,
    path: readonly string[],
  ): Generator<AskedField> {
    const definition = 'getFields' in type ? type.getFields()[name.value] : undefined;
    // __typename and similar fields belong to no type.
    if (!definition) return;
    const own = [...path, alias?.value ?? name.value];
    yield { type: type.name, field: name.value, path: own };
    const returned = getNamedType(definition.type);
    if (selectionSet && isCompositeType(returned)) yield* this.of(returned, selectionSet.selections, own);
  }

  *#ofSpread(name: string, path: readonly string[]): Generator<AskedField> {
    if (this.#walked.has(name)) return;
    this.#walked.add(name);
    for (const one of this.#asked.document.definitions) {
      if (one.kind !== Kind.FRAGMENT_DEFINITION || one.name.value !== name) continue;
      const on = this.#typeOf(one.typeCondition.name.value);
      if (on) yield* this.of(on, one.selectionSet.selections, path);
    }
  }

  #typeOf(name: string | undefined): GraphQLCompositeType | null {
    const type = name === undefined ? undefined : this.#asked.schema.getType(name);
    return isCompositeType(type) ? type : null;
  }
}

function isLeftOut({ directives = [] }: SelectionNode, variables: Variables): boolean {
  return directives.some(({ name, arguments: given = [] }) => {
    const condition = given.find((argument) => argument.name.value === 'if');
    if (!condition) return false;
    const value = valueFromASTUntyped(condition.value, variables);
    return name.value === 'skip' ? value === true : name.value === 'include' && value === false;
  });
}

function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): Variables {
  return Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
    ),
  );
}
