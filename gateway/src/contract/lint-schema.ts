import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isNonNullType,
  isObjectType,
  isSpecifiedDirective,
  isSpecifiedScalarType,
  type GraphQLArgument,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { goesOn } from './deprecation.ts';

interface Place {
  path: string;
  name: string;
  description?: string | null | undefined;
  deprecationReason?: string | null | undefined;
}

type Part = Omit<Place, 'path'>;

/**
 * What a front-end team must not meet: a place without a description, a value or argument whose description only repeats
 * its name, a deprecation without a date, a root field that takes the other root fields with it when its service is away.
 */
export function lintSchema(schema: GraphQLSchema): string[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const types = Object.values(schema.getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
  );
  const directives = schema.getDirectives().filter((directive) => !isSpecifiedDirective(directive));
  // GraphQL itself explains Query and Mutation.
  const told = types.filter((type) => !roots.some((root) => root === type));
  const fields = types.flatMap(fieldsOf);
  const small = [...types.flatMap(smallPartsOf), ...directives.flatMap(argumentsOfDirective)];
  const rootFields = roots.flatMap((root) => (root ? fieldsThatTakeOthers(root) : []));
  const all = [...told.map((type) => placed(type, type.name)), ...fields, ...small];
  return [
    ...all.filter(isSilent).map(({ path }) => `${path} has no description`),
    ...small.filter(isEcho).map(({ path }) => `${path} has only its name as description`),
    ...all
      .filter(({ deprecationReason: reason }) => typeof reason === 'string' && goesOn(reason) === null)
      .map(({ path }) => `${path} is deprecated without the date (YYYY-MM-DD) after which it goes`),
    ...rootFields.map((path) => `${path} must be nullable: its service may be away`),
  ];
}

function fieldsThatTakeOthers(root: GraphQLObjectType): string[] {
  const fields = Object.values(root.getFields()).filter(({ type }) => isNonNullType(type));
  return fields.map(({ name }) => `${root.name}.${name}`);
}

function isSilent({ description }: Place): boolean {
  return !description?.trim();
}

function isEcho({ name, description }: Place): boolean {
  return letters(description ?? '') === letters(name);
}

function letters(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

function placed({ name, description, deprecationReason }: Part, path: string): Place {
  return { name, path, description, deprecationReason };
}

function fieldsOf(type: GraphQLNamedType): Place[] {
  if (!isInputObjectType(type) && !isObjectType(type) && !isInterfaceType(type)) return [];
  return Object.values<Part>(type.getFields()).map((field) => placed(field, `${type.name}.${field.name}`));
}

/** Values of enums and arguments of fields. */
function smallPartsOf(type: GraphQLNamedType): Place[] {
  if (isEnumType(type)) return type.getValues().map((value) => placed(value, `${type.name}.${value.name}`));
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  return Object.values(type.getFields()).flatMap(({ name, args }) =>
    args.map((argument) => placed(argument, `${type.name}.${name}(${argument.name})`)),
  );
}

function argumentsOfDirective({ name, args }: { name: string; args: readonly GraphQLArgument[] }): Place[] {
  return args.map((argument) => placed(argument, `@${name}(${argument.name})`));
}
