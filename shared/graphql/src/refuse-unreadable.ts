import {
  defaultFieldResolver,
  getNamedType,
  type GraphQLError,
  isEnumType,
  isInputObjectType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import { badInput } from './connection.ts';
import { tellsFaults, toldAt } from './act.ts';
import type { ServiceContext } from './context.ts';
import { formFaults } from './input-check.ts';
import type { InputIssue } from './problems.ts';
import { unreadableFaults } from './unreadable.ts';

/**
 * Lets each field with arguments answer BAD_USER_INPUT, with all faults, when an argument cannot be read or the
 * input object of a query breaks the limits of its SDL. Mutations that are commands are not wrapped: they
 * answer such faults with InvalidInput.
 */
export function refuseUnreadable(schema: GraphQLSchema): GraphQLSchema {
  const fields = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) => Object.values(type.getFields()))
    .filter(({ args, resolve }) => args.some(canBeUnreadable) && !(resolve && tellsFaults.has(resolve)));
  for (const field of fields as Field[]) guard(field);
  return schema;
}

type Field = GraphQLField<unknown, unknown, Record<string, unknown>>;

function canBeUnreadable({ type }: GraphQLArgument): boolean {
  const named = getNamedType(type);
  return isInputObjectType(named) || isReadByUs(named);
}

function isReadByUs(type: GraphQLNamedType): boolean {
  return (
    isEnumType(type) || (isScalarType(type) && !isSpecifiedScalarType(type) && !type.name.startsWith('_'))
  );
}

function guard(field: Field): void {
  const { args: declared, resolve = defaultFieldResolver } = field;
  field.resolve = (parent, args, context, info) => {
    const isRead = info.parentType !== info.schema.getMutationType();
    const check = isRead ? faultsOf : unreadableFaults;
    const told = isRead ? [] : toldAt(context as Pick<ServiceContext, 'toldFaults'>, info.path.key);
    const faults = [...told, ...declared.flatMap(({ name, type }) => check(type, args[name], name))];
    if (faults.length > 0) throw refusal(faults);
    return resolve(parent, args, context, info);
  };
}

/**
 * The input object of a query is checked as its SDL says, and so is a day or time. Another single argument only needs
 * to be readable: an unknown id finds nothing.
 */
function faultsOf(type: GraphQLInputType, value: unknown, name: string): InputIssue[] {
  const named = getNamedType(type);
  const hasForm = isInputObjectType(named) || named.name === 'Date' || named.name === 'DateTime';
  return hasForm ? formFaults(type, value, name) : unreadableFaults(type, value, name);
}

function refusal(faults: readonly { path: string; message: string }[]): GraphQLError {
  const message = faults.map((one) => `${one.path}: ${one.message}`).join(' ');
  return badInput(message);
}
