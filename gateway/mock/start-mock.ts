import '../src/telemetry-off.ts';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ApolloServer } from '@apollo/server';
import type { Viewer } from '@throughline/graphql';
import { silentLogger } from '@throughline/runtime';
import { apiSchema } from '../src/contract/api-schema.ts';
import type { RunQuery } from '../src/live/live-session.ts';
import { maskError } from '../src/mask.ts';
import { KnownOperations } from '../src/operations/known-operations.ts';
import { readManifest, type ListedOperation } from '../src/operations/manifest.ts';
import { queryPage } from '../src/query-page.ts';
import { composedSupergraph, type GraphName } from '../src/supergraph/composed.ts';
import { answer } from './answer.ts';
import { mockLive } from './mock-live.ts';
import { answering, type MockContext } from './mock-schema.ts';
import { ownersOf } from './owners.ts';

export interface MockOptions {
  graph: GraphName;
  /** 0: any free one. */
  port: number;
  /** Another seed, other answers. */
  seed: string;
  /** How often subscriptions hear something. */
  tickMs: number;
}

export interface RunningMock {
  url: string;
  /** How many operations are known by id. */
  listed: number;
  close(): Promise<void>;
}

const folder = join(import.meta.dirname, '..');

/** Serves the schema of one graph with invented data, on this machine only. */
export async function startMock({ graph, port, seed, tickMs }: MockOptions): Promise<RunningMock> {
  const ownerOf = ownersOf(composedSupergraph(graph));
  const schema = answering({ schema: apiSchema(graph), ownerOf, seed });
  const apollo = new ApolloServer<MockContext>({
    schema,
    introspection: true,
    persistedQueries: false,
    formatError: (formatted) => maskError(formatted),
    stopOnTerminationSignals: false,
  });
  await apollo.start();
  const listed = listedOf(graph);
  const known = new KnownOperations({ listed, listedOnly: false, ...limits, logger: silentLogger });
  const viewer: Viewer = {
    id: 'mock',
    roles: [],
    agencyId: null,
    graph: graph === 'staff' ? 'STAFF' : 'PARTNER',
  };
  const live =
    graph === 'staff' ? await mockLive({ schema, known, tickMs, viewer, run: runWith(apollo) }) : null;
  const page = queryPage({ graph, signInUrl: null });
  const server = createServer((request, response) => {
    answer(request, response, { apollo, known, page, live, viewer }).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/graphql`,
    listed: listed.length,
    close: async () => {
      await live?.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await apollo.stop();
    },
  };
}

const limits = { rules: [], mostTokens: 2_000 };

/** What `npm run codegen` has made of gateway/operations. */
function listedOf(graph: GraphName): ListedOperation[] {
  const file = join(folder, 'client', 'src', 'generated', graph, 'manifest.json');
  return existsSync(file) ? readManifest(file) : [];
}

function runWith(apollo: ApolloServer<MockContext>): RunQuery {
  return async (viewer, operation) => {
    const wishes = { problem: null, missing: null };
    const contextValue = { viewer, requestId: randomUUID(), wishes };
    const { body } = await apollo.executeOperation(operation, { contextValue });
    if (body.kind !== 'single') throw new Error('a query answered in parts');
    return { data: body.singleResult.data ?? null };
  };
}
