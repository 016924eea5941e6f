import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isRequiredInputField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';

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

/** Name of the variable that brings a stand-in where the text of an operation has a value that cannot be read. */
export const standInVariable = (type: GraphQLNamedType): string => `${standIn}_${type.name}`;

export const isStandInVariable = (name: string): boolean => name.startsWith(`${standIn}_`);

const numbers = new Set(['Int', 'Float']);
const lowest = -(2 ** 31);

/**
 * A value that a type can read, in place of one that it cannot. A service refuses most of them of its own accord: no
 * mutation may ever store one.
 */
export function standInOf(type: GraphQLInputType): unknown {
  const bare = getNullableType(type);
  if (isListType(bare)) return [];
  if (isEnumType(bare)) return standIn;
  if (isInputObjectType(bare)) {
    const required = Object.values(bare.getFields()).filter(isRequiredInputField);
    return Object.fromEntries(required.map((field) => [field.name, standInOf(field.type)]));
  }
  const { name } = getNamedType(bare);
  if (numbers.has(name)) return lowest;
  if (name === 'Boolean') return false;
  return name === 'String' ? '\u0000' : '';
}
