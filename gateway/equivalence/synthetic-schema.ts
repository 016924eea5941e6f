import { join } from 'node:path';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { lenientEnums } from '@throughline/graphql';
import { readServiceSdl } from '@throughline/service/sdl';
import {
  GraphQLError,
  getNamedType,
  getNullableType,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  parse,
} from 'graphql';
import type {
  GraphQLCompositeType,
  GraphQLFieldResolver,
  GraphQLObjectType,
  GraphQLOutputType,
  GraphQLSchema,
} from 'graphql';
import { idOf } from '../mock/thing.ts';
import type { SubgraphName } from '../src/subgraphs.ts';
import { chance, oneOf } from './chance.ts';

/** How often a field is null or fails, and how much there is; the benchmark wants no trouble and whole pages. */
export interface Trouble {
  nulls: number;
  errors: number;
  /** Length of every list of edges; other lists, and these when it is left out, hold up to three. */
  edges?: number;
  /** How many objects there are of a type. */
  ids?: number;
  /** Ids are UUIDs, and one String in 250 has a letter with an accent; without it each has an emoji. */
  usualTexts?: boolean;
}

interface Thing {
  __typename: string;
  id: string;
}

const services = join(import.meta.dirname, '..', '..', 'services');
const fewIds = 12;

/**
 * The real schema of one service over invented data. What a field answers follows from the object's id, the field
 * and its arguments alone: in any order, in any batch and for any selection it is the same.
 */
export function syntheticSchema(name: SubgraphName, trouble: Trouble): GraphQLSchema {
  const schema = buildSubgraphSchema([
    { typeDefs: parse(readServiceSdl(name, join(services, name, 'src'))) },
  ]);
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    if (isAbstractType(type)) type.resolveType = (value) => (value as Thing).__typename;
    if (isScalarType(type) && isCustom(type.name)) type.serialize = (value) => value;
    if (!isObjectType(type)) continue;
    if ('id' in type.getFields()) resolveReferences(type, trouble);
    for (const field of Object.values(type.getFields())) {
      if (field.name !== '_entities' && field.name !== '_service') field.resolve = invented(schema, trouble);
    }
  }
  return lenientEnums(schema);
}

/** Where there is trouble, an id ending in 7 belongs to nobody. */
function resolveReferences(type: GraphQLObjectType, { nulls }: Trouble): void {
  const resolveReference = (found: Thing): Thing | null =>
    nulls > 0 && found.id.endsWith('7') ? null : found;
  type.extensions = { ...type.extensions, apollo: { subgraph: { resolveReference } } };
}

function invented(schema: GraphQLSchema, trouble: Trouble): GraphQLFieldResolver<Thing | undefined, unknown> {
  return (parent, args, _context, { parentType, fieldName, returnType }) => {
    const about = [parentType.name, parent?.id ?? '', fieldName, JSON.stringify(args)].join('/');
    if (fieldName === 'id' && parent) return parent.id;
    if (chance('error', about) < trouble.errors) throw failure(about);
    return valueOf(schema, { type: returnType, about, trouble });
  };
}

function failure(about: string): Error {
  const code = oneOf(['FORBIDDEN', 'BAD_USER_INPUT', 'INTERNAL_SERVER_ERROR', ''], 'code', about);
  return new GraphQLError(`No answer about ${about}`, code === '' ? {} : { extensions: { code, about } });
}

interface Wanted {
  type: GraphQLOutputType;
  about: string;
  trouble: Trouble;
}

function valueOf(schema: GraphQLSchema, { type, about, trouble }: Wanted): unknown {
  // A null where none may be is a fault of the service: it happens, but seldom.
  if (chance('null', about) < (isNonNullType(type) ? trouble.nulls / 20 : trouble.nulls)) return null;
  const bare = getNullableType(type);
  if (isListType(bare)) {
    const length = lengthOf(bare.ofType, about, trouble);
    return Array.from({ length }, (_, at) =>
      valueOf(schema, { type: bare.ofType, about: `${about}/${at}`, trouble }),
    );
  }
  const named = getNamedType(bare);
  if (isEnumType(named)) return oneOf(named.getValues(), 'enum', about).value as unknown;
  if (isObjectType(named) || isAbstractType(named))
    return thing(concrete(schema, named, about), about, trouble);
  return scalarOf(named.name, about, trouble);
}

function lengthOf(item: GraphQLOutputType, about: string, { edges }: Trouble): number {
  const ofEdges = getNamedType(item).name.endsWith('Edge');
  return ofEdges && edges !== undefined ? edges : Math.floor(chance('length', about) * 4);
}

function concrete(schema: GraphQLSchema, type: GraphQLCompositeType, about: string): string {
  return isAbstractType(type) ? oneOf(schema.getPossibleTypes(type), 'type', about).name : type.name;
}

function thing(typename: string, about: string, { ids = fewIds, usualTexts }: Trouble): Thing {
  const number = Math.floor(chance('id', about) * ids);
  return { __typename: typename, id: usualTexts ? idOf(typename, number) : `${typename}-${number}` };
}

function scalarOf(name: string, about: string, { usualTexts }: Trouble): unknown {
  const number = Math.floor(chance('scalar', about) * 1_000);
  if (name === 'Int') return number;
  if (name === 'Float') return number / 8;
  if (name === 'Boolean') return number % 2 === 0;
  if (name === 'ID' || name === 'String')
    return `${name} ${number} ${usualTexts ? (number % 250 === 0 ? 'Zoë' : 'Maria') : '🌱'}`;
  return oneOf<unknown>([`${name} ${number}`, `${name} "${number}"\n`], 'custom', about);
}

function isCustom(name: string): boolean {
  return !['Int', 'Float', 'Boolean', 'ID', 'String'].includes(name);
}
