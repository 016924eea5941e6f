import {
  getNullableType,
  getOperationAST,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  Kind,
  OperationTypeNode,
  parse,
  print,
  typeFromAST,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLEnumType,
  type GraphQLInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type ValueNode,
  type VariableDefinitionNode,
} from 'graphql';
import type { GatewayContext } from '../context.ts';
import type { OwnPlugin } from './own-plugin.ts';

/**
 * Stands in a mutation for a value that an enum of this graph does not have. Its service tells it as a fault of the
 * input, with all other faults. The value of the caller is not passed on: another graph's enum may have it.
 */
const standIn = '_unknown';

/** Lets the enums of a graph take the stand-in in variables, and no other value that they do not have. */
export function takeStandIn(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isEnumType(type)) continue;
    const parseValue = type.parseValue.bind(type);
    type.parseValue = (value) => (value === standIn ? value : (parseValue(value) as unknown));
  }
}

/** Name of the variable that brings the stand-in where the text of an operation has an unknown value. */
const variableOf = (type: GraphQLEnumType): string => `${standIn}_${type.name}`;

/** The text of a mutation with a variable for each unknown value; null when there is none to replace. */
export function withStandIns(source: string, schema: GraphQLSchema, maxLexicalTokens: number): string | null {
  const document = parsed(source, maxLexicalTokens);
  if (!document) return null;
  const mutation = getOperationAST(document);
  if (mutation?.operation !== OperationTypeNode.MUTATION) return null;
  const types = new TypeInfo(schema);
  const found = new Set<GraphQLEnumType>();
  const replace = (node: ValueNode): ValueNode | undefined => {
    const type = types.getInputType();
    const leaf = type && getNullableType(type);
    if (!isEnumType(leaf) || (node.kind === Kind.ENUM && leaf.getValue(node.value))) return undefined;
    found.add(leaf);
    return { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: variableOf(leaf) } };
  };
  const literals = ['EnumValue', 'StringValue', 'IntValue', 'FloatValue', 'BooleanValue'];
  const visitor = {
    VariableDefinition: () => false,
    ...Object.fromEntries(literals.map((kind) => [kind, replace])),
  };
  const replaced = visit(document, visitWithTypeInfo(types, visitor));
  if (found.size === 0) return null;
  return print(visit(replaced, { OperationDefinition: (operation) => withVariables(operation, [...found]) }));
}

function withVariables(
  operation: OperationDefinitionNode,
  types: readonly GraphQLEnumType[],
): OperationDefinitionNode {
  const added = types.map((type): VariableDefinitionNode => ({
    kind: Kind.VARIABLE_DEFINITION,
    variable: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: variableOf(type) } },
    type: {
      kind: Kind.NON_NULL_TYPE,
      type: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: type.name } },
    },
  }));
  return { ...operation, variableDefinitions: [...(operation.variableDefinitions ?? []), ...added] };
}

/** Variables of a mutation with the stand-in for each unknown value. */
export function variablesWithStandIns(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const replaced = variableDefinitions.flatMap(({ variable: { name }, type }): [string, unknown][] => {
    if (name.value.startsWith(standIn)) return [[name.value, standIn]];
    const known = typeFromAST(schema, type as never) as GraphQLInputType | undefined;
    const isGiven = known !== undefined && Object.hasOwn(variables, name.value);
    return isGiven ? [[name.value, replacedIn(known, variables[name.value])]] : [];
  });
  return { ...variables, ...Object.fromEntries(replaced) };
}

function replacedIn(type: GraphQLInputType, value: unknown): unknown {
  if (value === null || value === undefined) return value;
  if (isNonNullType(type)) return replacedIn(type.ofType, value);
  if (isEnumType(type)) return typeof value === 'string' && type.getValue(value) ? value : standIn;
  if (isListType(type))
    return Array.isArray(value)
      ? value.map((one) => replacedIn(type.ofType, one))
      : replacedIn(type.ofType, value);
  if (!isInputObjectType(type) || typeof value !== 'object' || Array.isArray(value)) return value;
  const fields = type.getFields();
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => {
      const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
      return [name, field ? replacedIn(field.type, one) : (one as unknown)];
    }),
  );
}

/** Puts the stand-in into the variables of each mutation. */
export const unknownValues: OwnPlugin<GatewayContext> = {
  begin: () => ({
    didResolveOperation: ({ request, schema, ...resolved }) => {
      // Another check refuses a request that names no operation.
      const operation: OperationDefinitionNode | undefined = resolved.operation;
      if (operation?.operation === OperationTypeNode.MUTATION)
        request.variables = variablesWithStandIns(schema, operation, request.variables ?? {});
      return undefined;
    },
  }),
};

/** Null for a text that cannot be read: the usual path refuses it with the usual words. */
function parsed(source: string, maxLexicalTokens: number): DocumentNode | null {
  try {
    return parse(source, { maxLexicalTokens });
  } catch {
    return null;
  }
}
