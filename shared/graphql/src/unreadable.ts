import {
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  type GraphQLEnumType,
  type GraphQLInputType,
  type GraphQLScalarType,
  type GraphQLSchema,
  type ValueNode,
} from 'graphql';
import type { InputIssue } from './problems.ts';

/** Fault of a value that its type cannot read. */
interface Fault {
  code: string;
  message: string;
}

const fault = Symbol('fault');

/**
 * Stands for a value that its type cannot read. It behaves like an empty text or an invalid time, so that
 * checks of other fields can run. A command with such a value is answered with InvalidInput.
 */
export class UnreadableText extends String {
  readonly [fault]: Fault;

  constructor(what: Fault) {
    super('');
    this[fault] = what;
  }
}

export class UnreadableInstant extends Date {
  readonly [fault]: Fault;

  constructor(what: Fault) {
    super(NaN);
    this[fault] = what;
  }

  override toISOString(): string {
    return '';
  }
}

/** Why a value cannot be read; null for every other value. */
export function unreadable(value: unknown): Fault | null {
  return value instanceof UnreadableText || value instanceof UnreadableInstant ? value[fault] : null;
}

type Leaf = GraphQLScalarType | GraphQLEnumType;

/**
 * Lets an enum or a scalar accept a value that it cannot read, so that the resolver can report all faults of an
 * input together. The library would refuse the request at the first fault, in another form than the faults of a
 * rule.
 */
export function lenient<Type extends Leaf>(type: Type, what: Fault): Type {
  const instead = (): unknown =>
    type.name === 'DateTime' ? new UnreadableInstant(what) : new UnreadableText(what);
  const { parseValue, parseLiteral } = type as GraphQLScalarType;
  type.parseValue = (value: unknown) => attempt(() => parseValue.call(type, value), instead);
  type.parseLiteral = (node: ValueNode, variables?: Record<string, unknown> | null) =>
    attempt(() => parseLiteral.call(type, node, variables), instead);
  return type;
}

function attempt(parse: () => unknown, instead: () => unknown): unknown {
  try {
    return parse() ?? instead();
  } catch {
    return instead();
  }
}

/** Lets every enum of a schema take unknown values. The message names no value: a partner may not know all of them. */
export function lenientEnums(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap()))
    if (isEnumType(type) && !type.name.startsWith('__'))
      lenient(type, { code: 'UNKNOWN_VALUE', message: `This is not a value of ${type.name}.` });
  return schema;
}

/** Every value in an argument that its type could not read, with the path that the caller wrote. */
export function unreadableFaults(type: GraphQLInputType, value: unknown, path = ''): InputIssue[] {
  const found = unreadable(value);
  if (found) return [{ path, ...found }];
  if (value === null || value === undefined) return [];
  const inner = getNullableType(type);
  const at = (key: string | number): string => (path === '' ? String(key) : `${path}.${String(key)}`);
  if (isListType(inner))
    return (value as unknown[]).flatMap((one, index) => unreadableFaults(inner.ofType, one, at(index)));
  if (!isInputObjectType(inner)) return [];
  return Object.values(inner.getFields()).flatMap(({ name, type: below }) =>
    unreadableFaults(below, (value as Record<string, unknown>)[name], at(name)),
  );
}
