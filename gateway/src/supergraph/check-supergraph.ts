import internals from '@apollo/federation-internals';
import { AccessRules } from '@throughline/graphql';
import { isInterfaceType, isObjectType, parse, type GraphQLSchema } from 'graphql';
import { subgraphs } from '../subgraphs.ts';

/** Throws one sentence when the text is no supergraph of ours, before a running graph loads it. */
export function checkSupergraph(sdl: string): void {
  const supergraph = internals.Supergraph.build(sdl);
  const schema = supergraph.apiSchema().toGraphQLJSSchema();
  const known = new Set<string>(subgraphs.map(({ name }) => name));
  const strangers = [...supergraph.subgraphNameToGraphEnumValue().keys()].filter((name) => !known.has(name));
  if (strangers.length > 0)
    throw new Error(`The supergraph names a service that has no address: ${strangers.join(', ')}`);
  const unruled = fieldsWithoutRule(schema, new AccessRules(parse(sdl, { noLocation: true })));
  if (unruled.length > 0)
    throw new Error(`The supergraph does not say who may ask ${unruled.slice(0, 10).join(', ')}`);
}

function fieldsWithoutRule(schema: GraphQLSchema, rules: AccessRules): string[] {
  return Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) || isInterfaceType(type))
    .filter(({ name }) => !name.startsWith('__'))
    .flatMap((type) => Object.keys(type.getFields()).map((field) => ({ type: type.name, field })))
    .filter(({ type, field }) => !rules.of(type, field))
    .map(({ type, field }) => `${type}.${field}`);
}
