import type { Viewer } from '@throughline/graphql';
import { decodeJwt } from 'jose';
import { GraphQLError, type GraphQLSchema, type ValidationRule } from 'graphql';
import type { Authenticate } from '../authenticate.ts';
import type { KnownOperations } from '../operations/known-operations.ts';
import type { LiveHub } from './live-hub.ts';
import { codeOf, liveOperation, refused, type LiveRequest } from './live-operation.ts';
import { withSubscriptions } from './live-schema.ts';
import { beginSession, type LiveResult, type RunQuery } from './live-session.ts';
import { OpenSessions } from './open-sessions.ts';

export interface LiveGraphOptions {
  hub: LiveHub;
  run: RunQuery;
  authenticate: Authenticate;
  rules: readonly ValidationRule[];
  /** Open subscriptions that one person may have in this process. */
  mostPerViewer: number;
  /** Is called for each event that is sent. */
  told: () => void;
  /** Refuses operations that are not listed, where only listed operations are permitted. */
  known: KnownOperations;
}

export interface LiveParams extends LiveRequest {
  extensions?: unknown;
}

export interface SignedIn {
  viewer: Viewer;
  expiresAt: Date;
}

/** Subscriptions of a graph, over each transport. */
export class LiveGraph {
  #schema: GraphQLSchema | null = null;
  readonly #options: LiveGraphOptions;
  readonly #open: OpenSessions;

  constructor(options: LiveGraphOptions) {
    this.#options = options;
    this.#open = new OpenSessions(options.mostPerViewer);
  }

  get schema(): GraphQLSchema {
    if (!this.#schema) throw refused('LIVE_INTERRUPTED', 'The graph is starting: try again.');
    return this.#schema;
  }

  /** Replaces the schema against which subscriptions are checked. */
  useSchema(schema: GraphQLSchema): void {
    this.#schema = withSubscriptions(schema);
  }

  /** Subscriptions open in this process. */
  get open(): number {
    return this.#open.size;
  }

  /** Throws UNAUTHENTICATED with one sentence. */
  async signIn(authorization: string | undefined): Promise<SignedIn> {
    const viewer = await this.#options.authenticate(authorization);
    const { exp = 0 } = decodeJwt((authorization ?? '').replace(/^Bearer +/i, ''));
    return { viewer, expiresAt: new Date(exp * 1000) };
  }

  /**
   * Text that was sent, or the text of the id in the extension `persistedQuery`; throws when the id is not
   * listed.
   */
  textOf({ query, extensions }: LiveParams): unknown {
    const found = this.#options.known.find({ extensions, ...(query !== '' && { query }) });
    if ('refusal' in found) throw refused(found.refusal.code, found.refusal.message);
    return found.source;
  }

  /** Throws a GraphQLError that says why it cannot begin. */
  async subscribe(params: LiveParams, who: SignedIn): Promise<AsyncGenerator<LiveResult, void, undefined>> {
    const { hub, run, rules } = this.#options;
    if (hub.health() !== 'ok')
      throw refused('LIVE_INTERRUPTED', 'Events do not arrive at the moment: try again soon.');
    const operation = liveOperation(this.schema, { ...params, query: this.textOf(params) }, rules);
    const giveBack = this.#open.take(who.viewer.id);
    try {
      const lastEventId = lastEventIdOf(params.extensions);
      const session = await beginSession(hub, run, operation, {
        ...who,
        ...(lastEventId && { lastEventId }),
      });
      const release = (): void => {
        session.end();
        giveBack();
      };
      return untilReturned(session.results, { release, told: this.#options.told });
    } catch (error) {
      giveBack();
      throw error;
    }
  }
}

function lastEventIdOf(extensions: unknown): string | undefined {
  const id = (extensions as { lastEventId?: unknown } | null | undefined)?.lastEventId;
  if (id === undefined || id === null) return undefined;
  if (typeof id !== 'string') throw refused('BAD_REQUEST', 'extensions.lastEventId is the id of an event.');
  return id;
}

/** A generator that waits for its next event cannot be returned. So `release` runs first and wakes it. */
function untilReturned(
  results: AsyncGenerator<LiveResult, void, undefined>,
  { release, told }: { release: () => void; told: () => void },
): AsyncGenerator<LiveResult, void, undefined> {
  const finish = async (): Promise<IteratorResult<LiveResult, void>> => {
    release();
    return results.return();
  };
  return {
    next: async () => {
      const step = await results.next();
      if (step.done) release();
      else told();
      return step;
    },
    return: finish,
    throw: finish,
    [Symbol.asyncIterator]() {
      return this;
    },
    [Symbol.asyncDispose]: async () => {
      await finish();
    },
  };
}

/** Answer of a refusal. Texts of other errors are not sent. */
export function refusalOf(error: unknown): { message: string; extensions: { code: string } } {
  if (error instanceof GraphQLError) {
    const code = codeOf(error.extensions, 'GRAPHQL_PARSE_FAILED');
    return { message: error.message, extensions: { code } };
  }
  return { message: 'Something went wrong on our side.', extensions: { code: 'INTERNAL_SERVER_ERROR' } };
}
