import { join } from 'node:path';
import internals from '@apollo/federation-internals';
import type { GraphQLDataSourceProcessOptions } from '@apollo/gateway';
import type { Viewer } from '@throughline/graphql';
import { createMetrics, silentLogger } from '@throughline/runtime';
import { readServiceSdl } from '@throughline/service/sdl';
import {
  buildSchema,
  getIntrospectionQuery,
  introspectionFromSchema,
  parse,
  visit,
  type DirectiveNode,
  type StringValueNode,
} from 'graphql';
import type { GatewayContext } from './context.ts';
import { startGraph, type RunningGraph } from './graph.ts';
import {
  attemptsWith,
  hiddenFields,
  hiddenNames,
  namesTogether,
  type Attempt,
  type Place,
} from './partner-secrecy.test-attempts.ts';
import { createGatewayMeters } from './metrics/gateway-meters.ts';
import type { SubgraphSource } from './subgraph/subgraph-source.ts';
import { subgraphs } from './subgraphs.ts';
import { composedSupergraph } from './supergraph/composed.ts';
import { ownAllowances } from './safety/allowance.ts';

const sdl = composedSupergraph('partner');
const api = internals.Supergraph.build(sdl).apiSchema().toGraphQLJSSchema();
const hidden = hiddenNames(sdl, api);
const amara: Viewer = {
  ...{ id: 'amara', agencyId: 'agency', graph: 'PARTNER' },
  roles: ['PARTNER_INTAKE', 'PARTNER_ADMIN', 'PARTNER_SYSTEM'],
};

/** Answers with what a service would be told: a name that only staff have must not get there, either. */
const telling = {
  name: 'referrals',
  process: ({ request, context }: GraphQLDataSourceProcessOptions<GatewayContext>) => {
    const told = JSON.stringify([request.variables, context.inputFaults]);
    return Promise.resolve({ data: {}, errors: [{ message: told, extensions: { code: 'BAD_USER_INPUT' } }] });
  },
} as unknown as SubgraphSource;
let production: RunningGraph;
let development: RunningGraph;

async function partnerGraph(page: (() => Promise<boolean>) | null): Promise<RunningGraph> {
  return startGraph({
    ...{ name: 'partner', port: 0, supergraphSdl: sdl, sourceOf: () => telling, page, live: null },
    authenticate: () => Promise.resolve(amara),
    ...{ allowedOrigins: [], idleMs: 60_000, execution: 'compiled', compressFromBytes: 1_000 },
    operations: { listed: [], listedOnly: false },
    demand: {
      perOperation: 1_000_000,
      allowance: ownAllowances().of('partner', 1_000_000_000),
      longestList: 100,
    },
    meters: createGatewayMeters(createMetrics('gateway')),
    ready: () => ({ status: 'ready', parts: {} }),
    logger: silentLogger,
  });
}

beforeAll(async () => {
  production = await partnerGraph(null);
  development = await partnerGraph(() => Promise.resolve(false));
});
afterAll(async () => {
  await production.close();
  await development.close();
});

/** The answer word by word, without where in the text each fault is: names differ in length. */
async function ask({ url }: RunningGraph, attempt: Attempt): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer amara' },
    body: JSON.stringify(attempt),
  });
  const text = (await response.text()).replaceAll(/"locations":\[[^\]]*\],?/g, '');
  return `${response.status} ${text}`;
}

describe('to a caller of the partner graph', () => {
  const nonsense = 'Zq7xNonsense';
  const nonsenses = (count: number) => Array.from({ length: count }, (_, n) => `${nonsense}${n}`);
  const answersTo = (names: readonly string[], kind: Place): Promise<string[]> =>
    Promise.all(attemptsWith(names, kind, api).map((attempt) => ask(production, attempt)));

  it.each(['TYPE', 'FIELD', 'INPUT', 'VALUE'] as const)(
    'every name of a %s of the staff graph is like a name that there is not',
    async (kind) => {
      const together = namesTogether[kind];
      const names = hidden.filter((one) => one.kind === kind).map(({ name }) => name);
      const likeNone = await answersTo(nonsenses(together), kind);
      // If the validator stopped before the last name, that name would not be tried.
      likeNone.forEach((answer) => expect(answer).not.toContain('Too many'));
      expect(likeNone[0]).toContain(`${nonsense}${together - 1}`);
      for (const some of chunksOf(together, names)) {
        const none = some.length === together ? likeNone : await answersTo(nonsenses(some.length), kind);
        const expected = none.map((answer) =>
          some.reduce((text, name, n) => text.replaceAll(`${nonsense}${n}`, name), answer),
        );
        expect({ some, answers: await answersTo(some, kind) }).toEqual({ some, answers: expected });
      }
      expect(names.length).toBeGreaterThan(200);
    },
    300_000,
  );

  it.each<[string, Place, number[]]>([
    ['PartnerReferral', 'TYPE', [0]],
    ['status', 'FIELD', [0, 1]],
    // In the text, and in the variables of queries or of mutations.
    ['SENT', 'VALUE', [1, 2]],
    ['NO_CAPACITY', 'VALUE', [1, 3]],
    ['note', 'INPUT', [1, 3]],
  ])('the attempts would find it: %s, which partners know as %s', async (name, kind, where) => {
    const [own, none] = [await answersTo([name], kind), await answersTo([nonsense], kind)];
    const found = own.flatMap((answer, n) => (answer === none[n]?.replaceAll(nonsense, name) ? [] : [n]));
    expect(found).toEqual(expect.arrayContaining(where));
  });

  it('a field of the staff graph is like none even where its name is known from elsewhere', async () => {
    const fields = hiddenFields(sdl, api);
    const asking = (type: string, field: string) =>
      ask(production, { query: `${type.toLowerCase()} { ${field} ${field}(id: "1") { id } }` });
    const none = { Query: await asking('Query', nonsense), Mutation: await asking('Mutation', nonsense) };
    for (const { type, field } of fields) {
      const expected = none[type as keyof typeof none].replaceAll(nonsense, field);
      expect(await asking(type, field)).toBe(expected);
    }
    expect(fields.length).toBeGreaterThan(50);
  });

  it('there is no stream of events, no more than any other address', async () => {
    const at = (path: string) => fetch(new URL(path, production.url), { method: 'POST', body: '{}' });
    const [stream, nothing] = [await at('/graphql/stream'), await at('/graphql/nothing')];
    expect([stream.status, await stream.text()]).toEqual([nothing.status, await nothing.text()]);
  });
});

describe('even where the schema may be asked for', () => {
  let schema: string;
  beforeAll(async () => {
    schema = await ask(development, { query: getIntrospectionQuery({ inputValueDeprecation: true }) });
  });
  const texts = (key: string): string[] => textsOf(key, schema);

  it('it holds no name that only staff have, nor has a type by such a name', async () => {
    const names = new Set(texts('name'));
    expect(names.size).toBeGreaterThan(200);
    expect(hidden.filter(({ name }) => names.has(name))).toEqual([]);
    for (let from = 0; from < hidden.length; from += 25) {
      const some = hidden
        .slice(from, from + 25)
        .map(({ name }, n) => `t${n}: __type(name: "${name}") { name }`);
      const answer = await ask(development, { query: `{ ${some.join(' ')} }` });
      expect(answer.replaceAll(/"t\d+":null,?/g, '')).toBe('200 {"data":{}}\n');
    }
  });

  it('describes nothing but what is for partners', () => {
    const ofLanguage = JSON.stringify(introspectionFromSchema(buildSchema('type Query { a: ID b: Int }')));
    const described = new Set([...forPartners(), ...textsOf('description', ofLanguage)]);
    expect(texts('description').filter((text) => !described.has(text))).toEqual([]);
    expect(texts('description').length).toBeGreaterThan(200);
  });

  it('names in no description what only staff have', () => {
    // Words that partners read in texts of their own fields.
    const told = new Set(['IN_PERSON', 'CLIENT_REPORT', 'PARTNER_PHONE']);
    const words = texts('description').flatMap((text) => text.match(/\w+/g) ?? []);
    const names = words.filter((word) => /[a-z][A-Z]|[A-Z]_[A-Z]/.test(word));
    expect(names.filter((word) => hidden.some(({ name }) => name === word) && !told.has(word))).toEqual([]);
    expect(names.length).toBeGreaterThan(5);
  });
});

function chunksOf<One>(size: number, all: readonly One[]): One[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, n) => all.slice(n * size, (n + 1) * size));
}

/** Every text that stands under a key, wherever it is. */
function textsOf(key: string, json: string): string[] {
  const found = json.matchAll(new RegExp(`"${key}":("(?:[^"\\\\]|\\\\.)*")`, 'g'));
  return [...found].map(([, text]) => JSON.parse(text ?? '""') as string);
}

/** Descriptions of what the services tag for partners, at the very place. */
function forPartners(): string[] {
  return subgraphs.flatMap(({ name }) => {
    const found: string[] = [];
    visit(parse(readServiceSdl(name, join(import.meta.dirname, '../../services', name, 'src'))), {
      enter: (node) => {
        const { description, directives = [], name } = node as Described;
        // A tag on a root type would open all its fields; its own description is for both graphs.
        const isForBoth = name?.value === 'Query' || name?.value === 'Mutation';
        if (description && (isForBoth || directives.some(isForPartners))) found.push(description.value);
      },
    });
    return found;
  });
}

interface Described {
  name?: { value: string };
  description?: StringValueNode;
  directives?: readonly DirectiveNode[];
}

function isForPartners({ name, arguments: given = [] }: DirectiveNode): boolean {
  return name.value === 'tag' && given.some(({ value }) => 'value' in value && value.value === 'partner');
}
