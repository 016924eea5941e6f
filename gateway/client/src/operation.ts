import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';

interface Document {
  /** `hash` is its id in the manifest. */
  readonly __meta__?: Record<string, unknown> | undefined;
  toString(): string;
}

/** A generated document. A plain text will do while one develops: it has no types and no id. */
export interface Operation<Result, Variables> extends Document, DocumentTypeDecoration<Result, Variables> {}

/** The variables may be left out where every one of them may. */
export type After<Variables, More> =
  Partial<Variables> extends Variables
    ? [variables?: Variables, more?: More]
    : [variables: Variables, more?: More];

export interface Request {
  documentId?: string;
  query?: string;
  variables: unknown;
}

/** Names operations by id, and by their text where that is allowed and the graph knows no ids. */
export class Naming {
  readonly #mayFallBack: boolean;
  #noneListed = false;

  constructor(mayFallBack: boolean) {
    this.#mayFallBack = mayFallBack;
  }

  requestOf(operation: Document, variables: unknown): Request {
    const id = operation.__meta__?.hash;
    return typeof id === 'string' && !this.#noneListed
      ? { documentId: id, variables }
      : textOf(operation, variables);
  }

  /** The same with its text, when that is worth another attempt after a refusal with this code; else null. */
  again(operation: Document, variables: unknown, code: string | undefined): Request | null {
    const unknown = code === 'PERSISTED_QUERY_NOT_IN_LIST' || code === 'PERSISTED_QUERY_NOT_SUPPORTED';
    if (!unknown || !this.#mayFallBack) return null;
    this.#noneListed = code === 'PERSISTED_QUERY_NOT_SUPPORTED';
    return textOf(operation, variables);
  }
}

function textOf(operation: Document, variables: unknown): Request {
  return { query: operation.toString(), variables };
}
