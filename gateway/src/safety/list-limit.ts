import { GraphQLError, visit, type DocumentNode } from 'graphql';

const literals = new WeakMap<DocumentNode, number>();

/** Deeper than any input of the graph; what walks through variables must not run out of stack. */
const deepest = 32;

/** Length of the longest list that an operation gives to the graph, in its text or in its variables. */
export function longestList(document: DocumentNode, variables: unknown): number {
  let longest = literals.get(document);
  if (longest === undefined) {
    longest = longestLiteral(document);
    literals.set(document, longest);
  }
  return Math.max(longest, longestIn(variables, deepest));
}

function longestLiteral(document: DocumentNode): number {
  let longest = 0;
  visit(document, {
    ListValue: ({ values }) => {
      longest = Math.max(longest, values.length);
    },
  });
  return longest;
}

function longestIn(value: unknown, levels: number): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (levels === 0) throw tooDeep();
  const inside: unknown[] = Array.isArray(value) ? value : Object.values(value);
  return inside.reduce<number>(
    (longest, one) => Math.max(longest, longestIn(one, levels - 1)),
    Array.isArray(value) ? value.length : 0,
  );
}

function tooDeep(): GraphQLError {
  const message = `Variables are nested in more than ${deepest} levels.`;
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } } });
}
