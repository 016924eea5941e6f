import {
  defaultFieldResolver,
  getNamedType,
  GraphQLError,
  isEnumType,
  isInputObjectType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import { tellsFaults } from './act.ts';
import { unreadableFaults } from './unreadable.ts';

/**
 * Lets each field with arguments answer BAD_USER_INPUT, with all faults, when an argument cannot be read. Mutations that
 * are commands are left alone: they tell such faults as InvalidInput.
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
    const faults = declared.flatMap(({ name, type }) => unreadableFaults(type, args[name], name));
    if (faults.length > 0) throw refusal(faults);
    return resolve(parent, args, context, info);
  };
}

function refusal(faults: readonly { path: string; message: string }[]): GraphQLError {
  const message = faults.map((one) => `${one.path}: ${one.message}`).join(' ');
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}
