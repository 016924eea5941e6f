import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  isUnionType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';

const DEPTH = 4;
/**
 * Operations that together ask every query field of a subgraph and every field of its entities, each argument and each
 * field of a filter once by itself. `id` stands where an id is asked for.
 */
export function everyQuery(schema: GraphQLSchema, id: string): string[] {
  const roots = Object.values(schema.getQueryType()?.getFields() ?? {}).filter(
    ({ name }) => !name.startsWith('_'),
  );
  const ofRoots = roots.flatMap((field) => variants(field, id).map((asked) => `{ ${asked} }`));
  return [...ofRoots, ...entitiesOf(schema).flatMap((type) => ofEntity(type, id))];
}

function entitiesOf(schema: GraphQLSchema): readonly GraphQLObjectType[] {
  const union = schema.getType('_Entity');
  return isUnionType(union) ? union.getTypes() : [];
}

function ofEntity(type: GraphQLObjectType, id: string): string[] {
  const start = `{ _entities(representations: [{ __typename: "${type.name}", id: "${id}" }]) { ... on ${type.name}`;
  const fields = Object.values(type.getFields());
  return fields.flatMap((field) => variants(field, id).map((asked) => `${start} { ${asked} } } }`));
}

/** The field with its required arguments, and again with each other argument and field of an input. */
function variants(field: GraphQLField<unknown, unknown>, id: string): string[] {
  const selection = selectionOf(field.type, id, DEPTH);
  const required = field.args
    .filter(isRequiredArgument)
    .map((arg) => `${arg.name}: ${valueOf(arg.type, id)}`);
  const others = field.args.filter((arg) => !isRequiredArgument(arg) && arg.name !== 'after');
  const each = others.flatMap((arg) => oneByOne(arg, id).map((value) => `${arg.name}: ${value}`));
  return [null, ...each].map((more) => {
    const args = [...required, ...(more ? [more] : [])].join(', ');
    return `${field.name}${args ? `(${args})` : ''} ${selection}`;
  });
}

function oneByOne({ type }: GraphQLArgument, id: string): string[] {
  const named = getNullableType(type);
  if (!isInputObjectType(named)) return [valueOf(type, id)];
  const fields = Object.values(named.getFields());
  const required = fields.filter(isRequiredInputField).map((one) => inputField(one, id));
  return fields
    .filter((one) => !isRequiredInputField(one))
    .map((one) => `{ ${[...required, inputField(one, id)].join(', ')} }`);
}

function inputField({ name, type }: GraphQLInputField, id: string): string {
  return `${name}: ${valueOf(type, id)}`;
}

function valueOf(asked: GraphQLInputType, id: string): string {
  const type = getNullableType(asked);
  if (isListType(type)) return `[${valueOf(type.ofType, id)}]`;
  if (isEnumType(type)) return type.getValues()[0]?.name ?? 'null';
  if (isInputObjectType(type)) {
    const required = Object.values(type.getFields()).filter(isRequiredInputField);
    return `{ ${required.map((one) => inputField(one, id)).join(', ')} }`;
  }
  const values: Record<string, string> = { ID: `"${id}"`, Int: '10', Float: '10', Boolean: 'true' };
  const days: Record<string, string> = { Date: '"2026-03-01"', DateTime: '"2026-03-01T12:00:00Z"' };
  return values[type.name] ?? days[type.name] ?? '"word 7"';
}

/**
 * Everything below that needs no argument, down to a depth at which lists of lists are reached. Below an entity only plain
 * values: what hangs on it is asked for from the entity itself.
 */
function selectionOf(type: GraphQLOutputType, id: string, depth: number): string {
  const named = getNamedType(type);
  if (!isCompositeType(named)) return '';
  if (!isObjectType(named) || depth === 0) return '{ __typename }';
  const hasOwnQuery =
    depth < DEPTH && (named.astNode?.directives ?? []).some(({ name }) => name.value === 'key');
  const fields = Object.values(named.getFields())
    .filter(({ args }) => !args.some(isRequiredArgument))
    .filter((field) => !hasOwnQuery || !isCompositeType(getNamedType(field.type)))
    .map((field) => `${field.name} ${selectionOf(field.type, id, depth - 1)}`);
  return `{ __typename ${fields.join(' ')} }`;
}
