import { createLogger, newKeyPair, publicKeysOf, signingKeyOf } from '@throughline/runtime';
import * as fc from 'fast-check';
import { GraphQLID, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { startSubgraph, type RunningSubgraph } from './start-subgraph.ts';
import { signViewer, type Viewer } from './viewer.ts';

const { privateKey, publicKey } = newKeyPair();
const key = signingKeyOf(privateKey);
const viewer: Viewer = { id: 'maria', roles: ['CASE_MANAGER'], agencyId: null, graph: 'STAFF' };
const marker = 'ZqAdaQuill';
const disguises = [
  marker,
  `x\n    at ${marker} (/a.ts:1:1)`,
  `${marker}"}`,
  `${marker}\u2028`,
  `at ${marker}:1:1`,
];

/**
 * Like the database library: every text contains the value that failed, each kind of error in its own place.
 */
const failures: ((text: string) => unknown)[] = [
  (text) => new Error(text),
  (text) => Object.assign(new Error('x'), { name: text, code: text, detail: text, query: text }),
  (text) => new AggregateError([new Error(text)], text, { cause: new Error(text) }),
  (text) => text,
  (text) => ({ message: text }),
];
const fails = (_source: unknown, { value, how }: { value?: string; how?: string }): never => {
  throw failures[Number(how)]?.(value ?? '') as Error;
};
const args = { value: { type: GraphQLString }, how: { type: GraphQLID } };
const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: { breaks: { type: GraphQLString, args, resolve: fails } },
  }),
});

const lines: string[] = [];
let subgraph: RunningSubgraph;

beforeAll(async () => {
  subgraph = await startSubgraph({
    name: 'clients',
    port: 0,
    schema,
    viewerKeys: publicKeysOf(publicKey),
    createContext: () => ({ viewer }),
    logger: createLogger({ service: 'clients', destination: { write: (line) => void lines.push(line) } }),
    ready: () => ({ status: 'ready', parts: {} }),
  });
});
afterAll(() => subgraph.close());

async function ask(operation: object, headers: Record<string, string> = {}): Promise<string> {
  const body = JSON.stringify(operation);
  const token = signViewer(viewer, { subgraph: 'clients', body }, key);
  const response = await fetch(subgraph.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-viewer-token': token, ...headers },
    body,
  });
  return response.text();
}

describe('a line about a failed resolver', () => {
  it('says whose request it was, which, and of which operation', async () => {
    await ask({ query: '{ breaks(how: 0) }' }, { 'x-request-id': 'r-1' });
    await ask({ query: 'query Reads { breaks(how: 0) }' }, { 'x-request-id': 'r-2' });
    expect(lines.splice(0).map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { requestId: 'r-1', viewerId: 'maria', operation: 'anonymous', msg: 'a resolver failed' },
      { requestId: 'r-2', viewerId: 'maria', operation: 'Reads', msg: 'a resolver failed' },
    ]);
  });

  it('has nothing of what was asked, however it fails', async () => {
    const value = fc.constantFrom(...disguises);
    const how = fc.constantFrom(...failures.keys());
    await fc.assert(
      fc.asyncProperty(value, how, fc.boolean(), async (text, kind, asVariable) => {
        const literal = JSON.stringify(text);
        const operation = asVariable
          ? {
              query: 'query Breaks($a: String, $b: ID) { breaks(value: $a, how: $b) }',
              variables: { a: text, b: String(kind) },
            }
          : {
              query: `query Breaks { ${marker}Alias: breaks(value: ${literal}, how: ${kind}) # ${marker}\n }`,
            };
        const answer = await ask(operation, { 'x-request-id': `${marker} of ours`, traceparent: marker });
        const [line, ...more] = lines.splice(0);
        expect(answer.replaceAll(`${marker}Alias`, '')).not.toContain(marker);
        expect(more).toEqual([]);
        expect(line).not.toContain(marker);
        expect(JSON.parse(line ?? '')).toMatchObject({
          requestId: expect.stringMatching(/^[\da-f-]{36}$/) as string,
          viewerId: 'maria',
          operation: 'Breaks',
        });
      }),
      { numRuns: 150 },
    );
  });

  it('is not written for what the caller can correct', async () => {
    await ask({ query: `{ ${marker} }` });
    await ask({ query: '{ breaks', operationName: marker });
    await ask({ query: 'query A($a: String!) { breaks(value: $a) }', variables: { a: { [marker]: 1 } } });
    expect(lines).toEqual([]);
  });
});
