import { visit, type DocumentNode } from 'graphql';

const literals = new WeakMap<DocumentNode, number>();

/** Length of the longest list that an operation gives to the graph, in its text or in its variables. */
export function longestList(document: DocumentNode, variables: unknown): number {
  let longest = literals.get(document);
  if (longest === undefined) {
    longest = longestLiteral(document);
    literals.set(document, longest);
  }
  return Math.max(longest, longestIn(variables));
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

function longestIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const inside: unknown[] = Array.isArray(value) ? value : Object.values(value);
  return inside.reduce<number>(
    (longest, one) => Math.max(longest, longestIn(one)),
    Array.isArray(value) ? value.length : 0,
  );
}
