import type { Logger } from '@throughline/runtime';
import type { GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { ListedOperation } from './manifest.ts';
import { prepare, type Prepared, type PrepareOptions } from './prepare.ts';
import { withStandIns } from './unknown-values.ts';

export interface KnownOperationsOptions extends PrepareOptions {
  /** Operations that front ends were built with; empty when none was listed. */
  listed: readonly ListedOperation[];
  /** Whether all other operations are refused. */
  listedOnly: boolean;
  logger: Logger;
}

/** Operation that a client sent: a text, or the id of a text. */
export interface AskedOperation {
  query?: unknown;
  documentId?: unknown;
  operationName?: unknown;
  extensions?: unknown;
}

export interface Refusal {
  status: number;
  code: string;
  message: string;
}

/** Text of the operation; `prepared` is null when it must go through the whole pipeline. */
export type Found = { source: unknown; prepared: Prepared | null } | { refusal: Refusal };

const mostRemembered = 2_000;
const mostReplaced = 100;
const refused = (code: string, message: string): Found => ({ refusal: { status: 400, code, message } });
const notListed = 'This operation is not in the list of those that may be asked here.';

/** Operations that front ends were built with, and other operations that were valid recently. */
export class KnownOperations {
  readonly #options: KnownOperationsOptions;
  readonly #bodies: ReadonlyMap<string, string>;
  readonly #texts: ReadonlySet<string>;
  readonly #others = new LRUCache<string, Prepared>({ max: mostRemembered });
  /** Documents of several operations in which literals were replaced, by the text that was sent. */
  readonly #replaced = new LRUCache<string, string>({ max: mostReplaced });
  #listed = new Map<string, Prepared>();
  #schema: GraphQLSchema | null = null;

  constructor(options: KnownOperationsOptions) {
    this.#options = options;
    this.#bodies = new Map(options.listed.map(({ id, body }) => [id, body]));
    this.#texts = new Set(this.#bodies.values());
  }

  /**
   * Validates all listed operations against a schema. Invalid ones are logged, and refused when they are sent.
   */
  useSchema(schema: GraphQLSchema): void {
    const listed = new Map<string, Prepared>();
    for (const { id, name, type, body } of this.#options.listed) {
      if (type === 'subscription') continue;
      const found = prepare(body, schema, this.#options);
      if (found && 'prepared' in found) listed.set(body, found.prepared);
      else if (found)
        this.#options.logger.warn(
          { id, operation: name, reason: found.wrong },
          'a listed operation does not fit',
        );
    }
    this.#schema = schema;
    this.#listed = listed;
    this.#others.clear();
    this.#replaced.clear();
  }

  /** Listed operations that are valid for the schema. */
  get listed(): Iterable<Prepared> {
    return this.#listed.values();
  }

  /** What to execute for a request. */
  find(asked: AskedOperation): Found {
    const id = idOf(asked);
    const source = id === null ? asked.query : this.#bodies.get(id);
    if (id !== null && this.#bodies.size === 0)
      return refused('PERSISTED_QUERY_NOT_SUPPORTED', 'No operations are listed here: send the text.');
    if (source === undefined && id !== null) return refused('PERSISTED_QUERY_NOT_IN_LIST', notListed);
    if (id !== null && asked.query !== undefined && asked.query !== source)
      return refused('BAD_REQUEST', 'The id and the text are of different operations: send the id alone.');
    if (typeof source !== 'string') return { source, prepared: null };
    if (this.#options.listedOnly && !this.#texts.has(source))
      return refused('QUERY_NOT_IN_SAFELIST', notListed);
    const prepared = this.#preparedOf(source, asked.operationName);
    return { source: prepared?.source ?? this.#replaced.get(source) ?? source, prepared };
  }

  #preparedOf(source: string, operationName: unknown): Prepared | null {
    const prepared = this.#listed.get(source) ?? this.#others.get(source) ?? this.#prepare(source);
    const named = operationName === undefined || operationName === null;
    return prepared && (named || operationName === prepared.operationName) ? prepared : null;
  }

  #prepare(source: string): Prepared | null {
    if (!this.#schema) return null;
    const found = this.#tolerant(source, this.#schema);
    if (!found || !('prepared' in found)) return null;
    this.#others.set(source, found.prepared);
    return found.prepared;
  }

  /** A mutation with literals that cannot be read is prepared without them: its service tells them as faults. */
  #tolerant(source: string, schema: GraphQLSchema): ReturnType<typeof prepare> {
    const found = prepare(source, schema, this.#options);
    if (!found || !('invalid' in found)) return found;
    const replaced = withStandIns(source, schema, this.#options.mostTokens);
    if (replaced === null) return found;
    const again = prepare(replaced, schema, this.#options);
    if (again === null) this.#replaced.set(source, replaced);
    return again;
  }
}

/** `documentId` as in GraphQL over HTTP, or the extension that Apollo's clients send. */
function idOf({ documentId, extensions }: AskedOperation): string | null {
  if (typeof documentId === 'string') return documentId.replace(/^sha256:/, '');
  const persisted = (extensions as { persistedQuery?: { sha256Hash?: unknown } } | null | undefined)
    ?.persistedQuery;
  return typeof persisted?.sha256Hash === 'string' ? persisted.sha256Hash : null;
}
