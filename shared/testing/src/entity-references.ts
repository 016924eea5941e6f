import { Kind, parse, type ObjectTypeDefinitionNode, type TypeNode } from 'graphql';

/** An entity that a subgraph resolves by reference, as its SDL has it. */
export interface ReferenceableEntity {
  name: string;
  /** Fields other than the key whose type is a value or a list of values, and that need neither an argument nor a field of another subgraph. */
  values: string[];
  /** Fields that show objects, and need no argument. */
  objects: string[];
}

/** Every entity of a subgraph that can be asked for by reference: a new one is found by itself. */
export function referenceableEntities(sdl: string): ReferenceableEntity[] {
  const { definitions } = parse(sdl);
  const types = definitions.filter(
    (node) => node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION,
  );
  const composite = new Set(
    definitions.flatMap((node) =>
      node.kind === Kind.OBJECT_TYPE_DEFINITION ||
      node.kind === Kind.INTERFACE_TYPE_DEFINITION ||
      node.kind === Kind.UNION_TYPE_DEFINITION
        ? [node.name.value]
        : [],
    ),
  );
  return types.filter(isReferenceable).map(({ name: { value: name } }) => {
    const fields = types.filter((type) => type.name.value === name).flatMap((type) => type.fields ?? []);
    const free = fields.filter(
      ({ name: field, arguments: given = [], directives = [] }) =>
        field.value !== 'id' &&
        !directives.some(({ name: { value } }) => value === 'external' || value === 'requires') &&
        given.every(({ type, defaultValue }) => type.kind !== Kind.NON_NULL_TYPE || defaultValue),
    );
    const showsObjects = ({ type }: { type: TypeNode }) => composite.has(namedType(type));
    return {
      name,
      values: free.filter((field) => !showsObjects(field)).map((field) => field.name.value),
      objects: free.filter(showsObjects).map((field) => field.name.value),
    };
  });
}

function isReferenceable(node: { kind: Kind } & Pick<ObjectTypeDefinitionNode, 'directives'>): boolean {
  const keys = (node.directives ?? []).filter(({ name }) => name.value === 'key');
  return keys.some(
    ({ arguments: given = [] }) =>
      !given.some(
        ({ name, value }) => name.value === 'resolvable' && value.kind === Kind.BOOLEAN && !value.value,
      ),
  );
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}
