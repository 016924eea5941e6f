import { createHash } from 'node:crypto';
import {
  Kind,
  OperationTypeNode,
  parse,
  specifiedRules,
  validate,
  visit,
  BREAK,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type ValidationRule,
} from 'graphql';

/** A document that was parsed and validated and can be executed many times. */
export interface Prepared {
  source: string;
  document: DocumentNode;
  operation: OperationDefinitionNode;
  operationName: string | null;
  /** SHA-256 of the source; key of its plan in the cache. */
  queryHash: string;
}

export interface PrepareOptions {
  rules: readonly ValidationRule[];
  mostTokens: number;
}

/**
 * The document, ready to be executed, or what is wrong with it (`invalid`: it is GraphQL, but does not fit). Documents with several operations, with questions about
 * the schema and with subscriptions are none of ours: `null`.
 */
export function prepare(
  source: string,
  schema: GraphQLSchema,
  { rules, mostTokens }: PrepareOptions,
): { prepared: Prepared } | { wrong: string; invalid?: true } | null {
  const document = parsed(source, mostTokens);
  if ('wrong' in document) return document;
  const [wrong] = validate(schema, document, [...specifiedRules, ...rules], { maxErrors: 1 });
  if (wrong) return { wrong: wrong.message, invalid: true };
  const [operation, another] = document.definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION);
  if (!operation || another || operation.operation === OperationTypeNode.SUBSCRIPTION) return null;
  if (asksForSchema(document)) return null;
  const queryHash = createHash('sha256').update(source).digest('hex');
  return {
    prepared: { source, document, operation, operationName: operation.name?.value ?? null, queryHash },
  };
}

function parsed(source: string, maxLexicalTokens: number): DocumentNode | { wrong: string } {
  try {
    return parse(source, { maxLexicalTokens });
  } catch (error) {
    return { wrong: (error as Error).message };
  }
}

/** Whether an operation asks about the schema. */
export function asksForSchema(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    Field: ({ name }) => {
      found ||= name.value === '__schema' || name.value === '__type';
      return found ? BREAK : undefined;
    },
  });
  return found;
}
