import type { GraphQLError } from 'graphql';
import { z } from 'zod';
import { refused } from './live-operation.ts';
import type { Signal } from './signal.ts';

export type ReadPage = (
  query: string,
  variables: Record<string, unknown>,
) => Promise<{ data?: Record<string, unknown> | null; errors?: readonly GraphQLError[] }>;

const query = `query LiveCaseload($after: Cursor) {
  myCaseload(roles: [PRIMARY], first: 100, after: $after) {
    edges { node { client { id } } } pageInfo { hasNextPage endCursor }
  }
}`;
const answer = z.object({
  myCaseload: z.object({
    edges: z.array(z.object({ node: z.object({ client: z.object({ id: z.string() }).nullish() }) })),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() }),
  }),
});
const mostPages = 20;

/** Clients of one case manager: read once, then updated by signals. */
export class Caseload {
  readonly #ownerId: string;
  readonly #clients: Set<string>;

  private constructor(ownerId: string, clients: Set<string>) {
    this.#ownerId = ownerId;
    this.#clients = clients;
  }

  static async of(ownerId: string, readPage: ReadPage): Promise<Caseload> {
    const clients = new Set<string>();
    let after: string | null = null;
    for (let page = 0; page < mostPages; page += 1) {
      const { data, errors = [] } = await readPage(query, { after });
      if (errors.some(({ extensions }) => extensions.code === 'FORBIDDEN'))
        throw refused('FORBIDDEN', 'Your role has no caseload.');
      const known = answer.safeParse(data);
      if (!known.success) throw refused('LIVE_INTERRUPTED', 'Your caseload could not be read: try again.');
      const { edges, pageInfo } = known.data.myCaseload;
      for (const { node } of edges) if (node.client) clients.add(node.client.id);
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor ?? null;
    }
    return new Caseload(ownerId, clients);
  }

  /** Whether a signal concerns the caseload. An assignment changes the caseload. */
  follow({ clientId, assignment }: Signal): 'concerned' | 'left' | 'other' {
    if (!clientId) return 'other';
    if (assignment?.to === this.#ownerId) this.#clients.add(clientId);
    else if (assignment && this.#clients.delete(clientId)) return 'left';
    return this.#clients.has(clientId) ? 'concerned' : 'other';
  }
}
