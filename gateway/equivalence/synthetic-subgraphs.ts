import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { readBody } from '@throughline/graphql';
import { graphql, type GraphQLSchema } from 'graphql';
import { subgraphs, type SubgraphName } from '../src/subgraphs.ts';
import { corrupt } from './corrupt.ts';
import { syntheticSchema, type Trouble } from './synthetic-schema.ts';

export interface SyntheticSubgraphs {
  urlOf(name: SubgraphName): string;
  /** How many requests have come in so far. */
  calls(): number;
  close(): Promise<void>;
}

export interface SyntheticOptions {
  trouble: Trouble;
  /** Share of values that are not what the schema promises. */
  corruption: number;
  /** How long each answer takes at least. */
  delayMs?: number;
}

/** All services in one server, without viewers; each distinct request is worked out once and then only repeated. */
export async function startSyntheticSubgraphs(options: SyntheticOptions): Promise<SyntheticSubgraphs> {
  const schemas = new Map<string, GraphQLSchema>(
    subgraphs.map(({ name }) => [`/${name}`, syntheticSchema(name, options.trouble)]),
  );
  const known = new Map<string, string>();
  let calls = 0;

  const server = createServer((request, response) => {
    calls += 1;
    void readBody(request, 5_000_000).then(async (body) => {
      const path = request.url ?? '';
      const schema = schemas.get(path);
      if (!schema || body === null) return response.writeHead(404).end();
      const key = `${path} ${body}`;
      const text = known.get(key) ?? (await work(schema, body, options.corruption));
      known.set(key, text);
      if (options.delayMs) await delay(options.delayMs);
      return response.writeHead(200, { 'content-type': 'application/json' }).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    urlOf: (name) => `${origin}/${name}`,
    calls: () => calls,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function work(schema: GraphQLSchema, body: string, corruption: number): Promise<string> {
  const { query, variables, operationName } = JSON.parse(body) as {
    query: string;
    variables?: Record<string, unknown>;
    operationName?: string;
  };
  const { data, errors } = await graphql({
    schema,
    source: query,
    variableValues: variables ?? null,
    operationName: operationName ?? null,
  });
  return JSON.stringify({ ...(errors && { errors }), data: corrupt(data ?? null, corruption) });
}
