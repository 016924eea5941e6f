import {
  type GraphQLError,
  isAbstractType,
  type GraphQLFieldResolver,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import { badInput } from './connection.ts';

type Resolve = GraphQLFieldResolver<unknown, unknown, { representations: readonly unknown[] }>;

/**
 * Lets a representation that names no entity, or has no id, fail alone. The library refuses the whole batch for one of
 * them, and so takes away what others asked for.
 */
export function entitiesOneByOne(schema: GraphQLSchema): GraphQLSchema {
  const field = schema.getQueryType()?.getFields()._entities;
  const union = schema.getType('_Entity');
  const resolve = field?.resolve as Resolve | undefined;
  if (!field || !resolve || !isAbstractType(union)) return schema;
  const known = new Set(schema.getPossibleTypes(union).map(({ name }: GraphQLNamedType) => name));
  const oneByOne: Resolve = (root, { representations }, context, info) => {
    const isWhole = (one: unknown): boolean => isRepresentation(one, known);
    const whole = representations.filter(isWhole);
    const found = resolve(root, { representations: whole }, context, info) as unknown[];
    if (whole.length === representations.length) return found;
    let next = 0;
    return representations.map((one) => (isWhole(one) ? found[next++] : refusal()));
  };
  field.resolve = oneByOne as never;
  return schema;
}

function isRepresentation(value: unknown, known: ReadonlySet<string>): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { __typename, id } = value as { __typename?: unknown; id?: unknown };
  return typeof __typename === 'string' && known.has(__typename) && typeof id === 'string';
}

function refusal(): GraphQLError {
  const message = 'A representation needs the name of an entity and its id.';
  return badInput(message);
}
