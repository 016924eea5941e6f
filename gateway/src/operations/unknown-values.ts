import {
  getNullableType,
  isEnumType,
  isScalarType,
  isSpecifiedScalarType,
  Kind,
  OperationTypeNode,
  parse,
  print,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLNamedInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type ValueNode,
  type VariableDefinitionNode,
} from 'graphql';
import { standInVariable } from './stand-in.ts';

/**
 * The text of mutations with a variable for each literal that its type cannot read; null when there is none to replace.
 * A document may have several operations.
 */
export function withStandIns(source: string, schema: GraphQLSchema, maxLexicalTokens: number): string | null {
  const document = parsed(source, maxLexicalTokens);
  if (!document) return null;
  const definitions = document.definitions.map((one) =>
    one.kind === Kind.OPERATION_DEFINITION && one.operation === OperationTypeNode.MUTATION
      ? readable(one, schema)
      : one,
  );
  const isChanged = definitions.some((one, index) => one !== document.definitions[index]);
  return isChanged ? print({ ...document, definitions }) : null;
}

function readable(mutation: OperationDefinitionNode, schema: GraphQLSchema): OperationDefinitionNode {
  const types = new TypeInfo(schema);
  const found = new Set<GraphQLNamedInputType>();
  const replace = (node: ValueNode): ValueNode | undefined => {
    const type = types.getInputType();
    const leaf = type && getNullableType(type);
    if (!leaf || !isUnreadable(leaf, node)) return undefined;
    // Below the mutation there is nobody to tell a wrong number or text: it is a fault of the document.
    if (!isEnumType(leaf) && types.getParentType() !== schema.getMutationType()) return undefined;
    found.add(leaf);
    return { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: standInVariable(leaf) } };
  };
  const literals = ['EnumValue', 'StringValue', 'IntValue', 'FloatValue', 'BooleanValue'];
  const visitor = {
    VariableDefinition: () => false,
    Directive: () => false,
    ...Object.fromEntries(literals.map((kind) => [kind, replace])),
  };
  const replaced = visit(mutation, visitWithTypeInfo(types, visitor));
  return found.size === 0 ? mutation : withVariables(replaced, [...found]);
}

function isUnreadable(type: GraphQLInputType, node: ValueNode): type is GraphQLNamedInputType {
  if (isEnumType(type)) return node.kind !== Kind.ENUM || !type.getValue(node.value);
  if (!isScalarType(type) || !isSpecifiedScalarType(type)) return false;
  try {
    type.parseLiteral(node);
    return false;
  } catch {
    return true;
  }
}

function withVariables(
  operation: OperationDefinitionNode,
  types: readonly GraphQLNamedInputType[],
): OperationDefinitionNode {
  const added = types.map((type): VariableDefinitionNode => ({
    kind: Kind.VARIABLE_DEFINITION,
    variable: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: standInVariable(type) } },
    type: {
      kind: Kind.NON_NULL_TYPE,
      type: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: type.name } },
    },
  }));
  return { ...operation, variableDefinitions: [...(operation.variableDefinitions ?? []), ...added] };
}

/** Null for a text that cannot be read: the usual path refuses it with the usual words. */
function parsed(source: string, maxLexicalTokens: number): DocumentNode | null {
  try {
    return parse(source, { maxLexicalTokens });
  } catch {
    return null;
  }
}
