import {
  getNamedType,
  getNullableType,
  introspectionFromSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  parse,
  visit,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';

export interface Attempt {
  query: string;
  variables?: Record<string, unknown>;
}

/** What a name is the name of: it decides where a caller could try it. */
export type Place = 'TYPE' | 'FIELD' | 'INPUT' | 'VALUE';

export interface HiddenName {
  name: string;
  kind: Place;
}

/** Every name that a supergraph defines and that its callers cannot see. */
export function hiddenNames(supergraphSdl: string, api: GraphQLSchema): HiddenName[] {
  const visible = namesIn(introspectionFromSchema(api));
  const hidden = new Map<string, HiddenName>();
  visit(parse(supergraphSdl), {
    enter: (node) => {
      if (!node.kind.endsWith('Definition') || !('name' in node)) return;
      const { value: name } = node.name;
      const kind = kindOf[node.kind] ?? 'TYPE';
      if (!visible.has(name)) hidden.set(`${kind} ${name}`, { name, kind });
    },
  });
  return [...hidden.values()];
}

const kindOf: Partial<Record<string, Place>> = {
  FieldDefinition: 'FIELD',
  InputValueDefinition: 'INPUT',
  EnumValueDefinition: 'VALUE',
};

/** Every `name` in what a caller is told who asks for the schema. */
export function namesIn(introspection: object): Set<string> {
  const names = new Set<string>();
  JSON.stringify(introspection, (key, value: unknown) => {
    if (key === 'name' && typeof value === 'string') names.add(value);
    return value;
  });
  return names;
}

/** So many names fit into one document: the validator tells the first 100 faults only, and each name makes several. */
export const namesTogether: Record<Place, number> = { TYPE: 7, FIELD: 7, INPUT: 3, VALUE: 3 };

/** Operations that use names of one kind wherever a caller can write one of that kind. */
export function attemptsWith(names: readonly string[], kind: Place, api: GraphQLSchema): Attempt[] {
  const attempts: Attempt[] = [{ query: names.map(anywhere).join(' ') }];
  if (kind === 'FIELD') attempts.push(...names.map((name) => ({ query: inEveryType(name, api) })));
  if (kind === 'INPUT' || kind === 'VALUE') {
    attempts.push({ query: names.map((name, n) => asLiteral(name, n, api)).join(' ') });
    attempts.push(...names.flatMap((name) => asVariable(name, api)));
  }
  return attempts;
}

function anywhere(name: string, n: number): string {
  return `query Q${n}($v: ${name}, $w: [${name}!]) @${name} {
    ${name} a: ${name}(${name}: $v) { ${name} } __type(name: "${name}") { name description }
    partnerReferral(id: "1", ${name}: $w) {
      id @${name} ${name} b: ${name} { id } ... on ${name} { id } ...F${n} service { ... on ${name} { ${name} } }
    }
  }
  fragment F${n} on ${name} { ${name} }
  subscription S${n} { ${name} { id } }`;
}

function inEveryType(name: string, api: GraphQLSchema): string {
  const types = Object.values(api.getTypeMap())
    .filter((type) => isObjectType(type) || isInterfaceType(type))
    .filter((type) => !type.name.startsWith('__'));
  return `{ __typename } ${types.map((type, n) => `fragment F${n} on ${type.name} { ${name} }`).join(' ')}`;
}

/** Each root field that takes arguments: there a name can be a value of an enum or a field of an input. */
function fieldsWithInput(api: GraphQLSchema): [operation: string, fields: readonly Field[]][] {
  const roots = { query: api.getQueryType(), mutation: api.getMutationType() };
  return Object.entries(roots).map(([operation, root]) => [
    operation,
    Object.values(root?.getFields() ?? {}).filter(({ args }) => args.length > 0),
  ]);
}

/** In the text, as a value of every argument, and as a field of every input. */
function asLiteral(name: string, n: number, api: GraphQLSchema): string {
  const inText = ({ name: argument, type }: GraphQLArgument): string =>
    `${argument}: ${literal(valueWith(name, type))}`;
  return fieldsWithInput(api)
    .map(([operation, fields]) => `${operation} ${operation}${n} { ${asking(fields, inText)} }`)
    .join(' ');
}

/** The same in variables. */
function asVariable(name: string, api: GraphQLSchema): Attempt[] {
  return fieldsWithInput(api).map(([operation, fields]) => withVariables(name, operation, fields));
}

function withVariables(name: string, operation: string, fields: readonly Field[]): Attempt {
  const variables: Record<string, unknown> = {};
  const declared: string[] = [];
  const body = asking(fields, (argument) => {
    const variable = `v${declared.length}`;
    declared.push(`$${variable}: ${String(argument.type)}`);
    variables[variable] = valueWith(name, argument.type);
    return `${argument.name}: $${variable}`;
  });
  return { query: `${operation} (${declared.join(' ')}) { ${body} }`, variables };
}

type Field = GraphQLField<unknown, unknown>;

function asking(fields: readonly Field[], how: (argument: GraphQLArgument) => string): string {
  return fields.map(({ name, args }) => `${name}(${args.map(how).join(' ')}) { __typename }`).join(' ');
}

/** A value of an enum: written without quotes in the text, with quotes in the variables. */
class Written {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
  toJSON(): string {
    return this.name;
  }
}

const samples: Record<string, unknown> = {
  ...{ ID: '1', Int: 1, Boolean: true, DateTime: '2026-11-24T10:00:00Z', Date: '2026-11-24' },
};

function valueWith(name: string, type: GraphQLInputType): unknown {
  const bare = getNullableType(type);
  if (isListType(bare)) return [valueWith(name, bare.ofType)];
  const named = getNamedType(bare);
  if (isEnumType(named)) return new Written(name);
  if (!isInputObjectType(named)) return samples[named.name] ?? 'x';
  const fields = Object.values(named.getFields()).filter(
    (field) => isNonNullType(field.type) || isEnumType(getNamedType(field.type)),
  );
  return Object.fromEntries([
    [name, 1],
    ...fields.map((field) => [field.name, valueWith(name, field.type)] as const),
  ]);
}

function literal(value: unknown): string {
  if (value instanceof Written) return value.name;
  if (Array.isArray(value)) return `[${value.map(literal).join(' ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([key, one]) => `${key}: ${literal(one)}`)
    .join(' ')} }`;
}

/** Fields of types that callers see, which they do not see themselves; their names may well be known from elsewhere. */
export function hiddenFields(supergraphSdl: string, api: GraphQLSchema): { type: string; field: string }[] {
  return parse(supergraphSdl).definitions.flatMap((definition) => {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) return [];
    const type = api.getType(definition.name.value);
    if (!isObjectType(type)) return [];
    const fields = (definition.fields ?? []).map(({ name }) => name.value);
    return fields
      .filter((field) => !(field in type.getFields()))
      .map((field) => ({ type: type.name, field }));
  });
}
