import { Kind, parse, valueFromASTUntyped, type ConstDirectiveNode, type DefinitionNode } from 'graphql';

/** Greatest length of the list of a field, from `@listSize`. */
export interface ListSize {
  assumedSize: number | null;
  slicingArguments: readonly string[];
  /** Fields of the object that are the list; empty when the field itself is the list. */
  sizedFields: readonly string[];
}

interface FieldCost {
  weight: number | null;
  listSize: ListSize | null;
}

const unknown: FieldCost = { weight: null, listSize: null };

/** `@cost` and `@listSize` of a supergraph, per field. */
export class CostModel {
  readonly #fields = new Map<string, FieldCost>();

  constructor(supergraphSdl: string) {
    for (const definition of parse(supergraphSdl, { noLocation: true }).definitions) this.#read(definition);
  }

  of(type: string, field: string): FieldCost {
    return this.#fields.get(`${type}.${field}`) ?? unknown;
  }

  #read(definition: DefinitionNode): void {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION)
      return;
    for (const { name, directives = [] } of definition.fields ?? []) {
      const cost = argumentsOf(directives, 'cost');
      const size = argumentsOf(directives, 'listSize');
      if (!cost && !size) continue;
      this.#fields.set(`${definition.name.value}.${name.value}`, {
        weight: typeof cost?.weight === 'number' ? cost.weight : null,
        listSize: size ? listSizeOf(size) : null,
      });
    }
  }
}

function listSizeOf({ assumedSize, slicingArguments, sizedFields }: Record<string, unknown>): ListSize {
  return {
    assumedSize: typeof assumedSize === 'number' ? assumedSize : null,
    slicingArguments: texts(slicingArguments),
    sizedFields: texts(sizedFields),
  };
}

function argumentsOf(
  directives: readonly ConstDirectiveNode[],
  name: string,
): Record<string, unknown> | null {
  const found = directives.find((directive) => directive.name.value === name);
  if (!found) return null;
  return Object.fromEntries(
    (found.arguments ?? []).map((argument) => [argument.name.value, valueFromASTUntyped(argument.value)]),
  );
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
