import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import { goesOn } from './deprecation.ts';

interface Place {
  path: string;
  description?: string | null | undefined;
  deprecationReason?: string | null | undefined;
}

type Field = Omit<Place, 'path'> & { name: string };

/** What a front-end team would have to ask us about: a type or field without words, a deprecation without a date. */
export function lintSchema(schema: GraphQLSchema): string[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const types = Object.values(schema.getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
  );
  // What Query and Mutation are is GraphQL's to tell.
  const told = types.filter((type) => !roots.some((root) => root === type));
  const described: Place[] = told.map(({ name, description }) => ({ path: name, description }));
  const silent = [...described, ...types.flatMap(fieldsOf)].filter(({ description }) => !description?.trim());
  const endless = types
    .flatMap((type) => [...fieldsOf(type), ...smallPartsOf(type)])
    .filter(({ deprecationReason: reason }) => typeof reason === 'string' && goesOn(reason) === null);
  return [
    ...silent.map(({ path }) => `${path} has no description`),
    ...endless.map(({ path }) => `${path} is deprecated without the date (YYYY-MM-DD) after which it goes`),
  ];
}

function fieldsOf(type: GraphQLNamedType): Place[] {
  const below = ({ name, description, deprecationReason }: Field): Place => ({
    path: `${type.name}.${name}`,
    description,
    deprecationReason,
  });
  if (isInputObjectType(type)) return Object.values(type.getFields()).map(below);
  if (isObjectType(type) || isInterfaceType(type)) return Object.values(type.getFields()).map(below);
  return [];
}

/** Enum values and arguments: their names tell, but they may be deprecated. */
function smallPartsOf(type: GraphQLNamedType): Place[] {
  if (isEnumType(type))
    return type
      .getValues()
      .map(({ name, deprecationReason }) => ({ path: `${type.name}.${name}`, deprecationReason }));
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  return Object.values(type.getFields()).flatMap((field) =>
    field.args.map(({ name, deprecationReason }) => ({
      path: `${type.name}.${field.name}(${name})`,
      deprecationReason,
    })),
  );
}
