import {
  getNullableType,
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
  type GraphQLInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type ValueNode,
} from 'graphql';
import type { GatewayContext } from '../context.ts';
import type { OwnPlugin } from './own-plugin.ts';

/**
 * Stands in a mutation for a value that an enum of this graph does not have. Its service tells it as a fault of the
 * input, with all other faults. The value of the caller is not passed on: another graph's enum may have it.
 */
const standIn = '_unknown';

/** Lets the enums of a graph take the stand-in, and no other value that they do not have. */
export function takeStandIn(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isEnumType(type)) continue;
    const parseValue = type.parseValue.bind(type);
    const parseLiteral = type.parseLiteral.bind(type);
    type.parseValue = (value) => (value === standIn ? value : (parseValue(value) as unknown));
    type.parseLiteral = (node, variables) =>
      node.kind === Kind.ENUM && node.value === standIn
        ? standIn
        : (parseLiteral(node, variables) as unknown);
  }
}

/** The text of a mutation with the stand-in for each unknown value; null when there is none to replace. */
export function withStandIns(source: string, schema: GraphQLSchema, maxLexicalTokens: number): string | null {
  const document = parse(source, { maxLexicalTokens });
  const types = new TypeInfo(schema);
  let isFound = false;
  const replace = (node: ValueNode): ValueNode | undefined => {
    const type = types.getInputType();
    const leaf = type && getNullableType(type);
    if (!isEnumType(leaf) || (node.kind === Kind.ENUM && leaf.getValue(node.value))) return undefined;
    isFound = true;
    return { kind: Kind.ENUM, value: standIn };
  };
  const replaced = visit(
    document,
    visitWithTypeInfo(types, {
      OperationDefinition: ({ operation }) => (operation === OperationTypeNode.MUTATION ? undefined : false),
      VariableDefinition: () => false,
      EnumValue: replace,
      StringValue: replace,
      IntValue: replace,
      FloatValue: replace,
      BooleanValue: replace,
    }),
  );
  return (isFound as boolean) ? print(replaced) : null;
}

/** Variables of a mutation with the stand-in for each unknown value. */
export function variablesWithStandIns(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const replaced = variableDefinitions.flatMap(({ variable: { name }, type }) => {
    const known = typeFromAST(schema, type as never) as GraphQLInputType | undefined;
    const isGiven = known !== undefined && Object.hasOwn(variables, name.value);
    return isGiven ? [[name.value, replacedIn(known, variables[name.value])] as const] : [];
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
      // A request that names no operation is refused by others.
      const operation: OperationDefinitionNode | undefined = resolved.operation;
      if (operation?.operation === OperationTypeNode.MUTATION && request.variables)
        request.variables = variablesWithStandIns(schema, operation, request.variables);
      return undefined;
    },
  }),
};
