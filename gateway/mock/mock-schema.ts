import { scalarResolvers } from '@throughline/graphql';
import {
  getNamedType,
  isAbstractType,
  isIntrospectionType,
  isObjectType,
  isScalarType,
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql';
import type { GatewayContext } from '../src/context.ts';
import { Inventor } from './inventor.ts';
import { outcomeOf } from './outcome.ts';
import type { OwnerOf } from './owners.ts';
import { nobody, type Thing } from './thing.ts';
import type { Wishes } from './wishes.ts';

export interface MockContext extends GatewayContext {
  wishes: Wishes;
}

export interface MockSchemaOptions {
  schema: GraphQLSchema;
  ownerOf: OwnerOf;
  seed: string;
}

type Resolver = GraphQLFieldResolver<Thing | undefined, MockContext, Record<string, unknown>>;

/** Lets every field of a schema answer: by what was wished, else by invention. */
export function answering({ schema, ownerOf, seed }: MockSchemaOptions): GraphQLSchema {
  const resolve = resolverOf(new Inventor(schema, seed), ownerOf);
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type)) continue;
    if (isAbstractType(type)) type.resolveType = (value) => (value as Thing).__typename;
    if (isScalarType(type) && type.name in scalarResolvers) {
      const { serialize, parseValue, parseLiteral } =
        scalarResolvers[type.name as keyof typeof scalarResolvers];
      Object.assign(type, { serialize, parseValue, parseLiteral });
    }
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) field.resolve = resolve;
  }
  return schema;
}

function resolverOf(inventor: Inventor, ownerOf: OwnerOf): Resolver {
  return (parent, args, { wishes, requestId }, { parentType, fieldName, returnType, schema }) => {
    const owner = ownerOf(parentType.name, fieldName);
    if (wishes.missing !== null && owner === wishes.missing) throw away(owner, requestId);
    if (parentType === schema.getMutationType()) {
      const input = parentType.getFields()[fieldName]?.args.find(({ name }) => name === 'input')?.type;
      return outcomeOf(schema, returnType, { args, wishes, input });
    }
    const named = getNamedType(returnType).name;
    if (!parent && typeof args.id === 'string')
      return args.id === nobody ? null : inventor.named(named, args.id);
    return inventor.answer({ parent, args, parentType: parentType.name, fieldName, returnType });
  };
}

function away(serviceName: string, requestId: string): GraphQLError {
  const extensions = { code: 'SUBGRAPH_UNAVAILABLE', serviceName, requestId };
  return new GraphQLError(`The service "${serviceName}" cannot be reached.`, { extensions });
}
