import type { InputIssue, ToldFaults } from '@throughline/graphql';
import {
  Kind,
  OperationTypeNode,
  typeFromAST,
  type FieldNode,
  type GraphQLInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type ValueNode,
} from 'graphql';
import type { GatewayContext } from '../context.ts';
import type { OwnPlugin } from './own-plugin.ts';
import { below, readValue, unreadLiteral, type ReadValue } from './read-value.ts';
import { isStandInVariable } from './stand-in.ts';

type Variables = Readonly<Record<string, unknown>>;

/** Variables that the types of a mutation can read, and a fault for each value that was replaced or left out. */
export interface Readable {
  variables: Record<string, unknown>;
  faults: ToldFaults;
}

/**
 * Replaces what the types of a mutation cannot read. The library would refuse the whole request at such a value, so
 * the service could not tell it together with all other faults of the input.
 */
export function readableVariables(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  variables: Variables,
): Readable {
  const uses = operation.selectionSet.selections.flatMap((one) =>
    one.kind === Kind.FIELD ? usesIn(one) : [],
  );
  const readable: Record<string, unknown> = { ...variables };
  const faults: Record<string, InputIssue[]> = {};
  for (const [name, read] of readVariables(schema, operation, variables)) {
    const own = uses.filter((use) => use.name === name);
    if (!canBeTold(read, own)) continue;
    readable[name] = read.value;
    for (const { key, at } of own)
      for (const fault of read.faults) (faults[key] ??= []).push({ ...fault, path: below(at, fault.path) });
  }
  return { variables: readable, faults };
}

function readVariables(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Variables,
): [string, ReadValue][] {
  return variableDefinitions.flatMap(({ variable, type }): [string, ReadValue][] => {
    const { value: name } = variable.name;
    const known = typeFromAST(schema, type as never) as GraphQLInputType | undefined;
    if (known && isStandInVariable(name)) return [[name, unreadLiteral(known)]];
    return known && Object.hasOwn(variables, name) ? [[name, readValue(known, variables[name])]] : [];
  });
}

/** Where a field of the mutation uses a variable: below the argument `input`, or below another argument. */
interface Use {
  key: string;
  name: string;
  at: string;
}

function usesIn({ alias, name, arguments: given = [] }: FieldNode): Use[] {
  const key = alias?.value ?? name.value;
  return given.flatMap((one) => usesBelow(one.value, key, one.name.value === 'input' ? '' : one.name.value));
}

function usesBelow(node: ValueNode, key: string, at: string): Use[] {
  if (node.kind === Kind.VARIABLE) return [{ key, name: node.name.value, at }];
  if (node.kind === Kind.LIST)
    return node.values.flatMap((one, index) => usesBelow(one, key, below(at, index)));
  if (node.kind !== Kind.OBJECT) return [];
  return node.fields.flatMap((field) => usesBelow(field.value, key, below(at, field.name.value)));
}

/** A fault that is in no field of an input is left to the library. */
function canBeTold({ faults }: ReadValue, uses: readonly Use[]): boolean {
  if (faults.length === 0) return true;
  return uses.length > 0 && uses.every(({ at }) => faults.every(({ path }) => below(at, path) !== ''));
}

/** Makes the variables of each mutation readable; the faults travel to its service. */
export const readableInput: OwnPlugin<GatewayContext> = {
  begin: () => ({
    didResolveOperation: ({ request, schema, contextValue, ...resolved }) => {
      // Another check refuses a request that names no operation.
      const operation: OperationDefinitionNode | undefined = resolved.operation;
      if (operation?.operation !== OperationTypeNode.MUTATION) return undefined;
      const { variables, faults } = readableVariables(schema, operation, request.variables ?? {});
      request.variables = variables;
      if (Object.keys(faults).length > 0) contextValue.inputFaults = faults;
      return undefined;
    },
  }),
};
