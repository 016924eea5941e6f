import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import internals from '@apollo/federation-internals';
import {
  buildSchema,
  isIntrospectionType,
  isSpecifiedScalarType,
  printType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import { withSubscriptions } from '../live/live-schema.ts';
import type { GraphName } from '../supergraph/composed.ts';

export type { GraphName };

const folder = join(import.meta.dirname, '..', '..', 'schema');

/** The committed contract of a graph: what its callers see, without federation, subscriptions included. */
export const contractFile = (graph: GraphName): string => join(folder, `${graph}.graphql`);

/** The contract at the last release of the schema. */
export const releasedFile = (graph: GraphName): string => join(folder, 'released', `${graph}.graphql`);

/** The committed contract of a graph as a schema. */
export function apiSchema(graph: GraphName): GraphQLSchema {
  return buildSchema(readFileSync(contractFile(graph), 'utf8'));
}

/** The contract that a supergraph makes, as text. Types are in order of their names, so that a moved file changes nothing. */
export function contractOf(graph: GraphName, supergraph: string): string {
  const schema = internals.Supergraph.build(supergraph).apiSchema().toGraphQLJSSchema();
  return textOf(graph === 'staff' ? withSubscriptions(schema) : schema);
}

const roots = ['Query', 'Mutation', 'Subscription'];

function textOf(schema: GraphQLSchema): string {
  const types = Object.values(schema.getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
  );
  const placeOf = ({ name }: GraphQLNamedType): string =>
    roots.includes(name) ? `${roots.indexOf(name)}` : name;
  const sorted = types.sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
  return `${sorted.map((type) => onOneLine(printType(type))).join('\n\n')}\n`;
}

/** graphql-js prints a description from 70 characters on three lines: a change of it would be a change of three. */
function onOneLine(type: string): string {
  return type.replace(/^( *)"""\n\1(.*[^\\"])\n\1"""$/gm, '$1"""$2"""');
}

/** The committed text; empty when there is none yet. */
export function committedContract(graph: GraphName): string {
  const file = contractFile(graph);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
