import { isUnionType, type GraphQLSchema, type GraphQLUnionType } from 'graphql';
import { isProblem } from './problems.ts';

/**
 * Gives each union a type resolver: a Problem has the type of its `kind`, an object with a `__typename` has
 * that type, and everything else is the one member that is no Problem.
 */
export function resolveUnions(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap()))
    if (isUnionType(type) && !type.name.startsWith('_')) type.resolveType ??= resolverOf(type);
  return schema;
}

function resolverOf(union: GraphQLUnionType): (value: unknown) => string {
  const answers = union
    .getTypes()
    .filter((type) => !type.getInterfaces().some(({ name }) => name === 'Problem'))
    .map(({ name }) => name);
  const [only] = answers;
  return (value) => {
    if (isProblem(value)) return value.kind;
    const named = (value as { __typename?: unknown }).__typename;
    if (typeof named === 'string') return named;
    if (only && answers.length === 1) return only;
    throw new Error(`${union.name}: a value of ${answers.join(' or ')} must say its __typename`);
  };
}
