import type { Dice } from '@throughline/gateway/equivalence/invent-value.ts';

/** Stands for what is personal in this test: it must never be written down. */
export const marker = 'ZqAdaQuill';

/** What a person's data, or somebody with intent, may look like. */
const disguises = [
  marker,
  `${marker} 🌱`,
  `x\n    at ${marker} (/srv/${marker}.ts:1:1)`,
  `${marker}'; drop table client; --`,
  `"${marker}"`,
  `${marker}\u0000`,
  `{"error":"${marker}"}`,
  `${marker}@example.org`,
];

export interface Request {
  method: 'GET' | 'POST';
  path: string;
  headers: Record<string, string>;
  body?: string;
}

/** The operation with data of persons in it: in variables, literals, aliases and comments. */
export function personal(
  dice: Dice,
  { query, ...rest }: { query: string; variables: object },
  ids: readonly string[],
): string {
  const text = (): string => dice.oneOf([...disguises, ...ids, ...ids, ...ids]);
  const value = (found: unknown): unknown => {
    if (typeof found === 'string') return dice.falls(0.8) ? text() : found;
    if (Array.isArray(found)) return found.map(value);
    if (typeof found !== 'object' || found === null) return found;
    return Object.fromEntries(Object.entries(found).map(([name, inside]) => [name, value(inside)]));
  };
  const written = query
    .replace(/"(?:[^"\\]|\\.)*"/g, () => JSON.stringify(text()).replaceAll('\\u0000', ' '))
    .replace('{', `{ ${marker}Alias: __typename # ${marker}\n`);
  return JSON.stringify({ ...rest, query: written, variables: value(rest.variables) });
}

const json = { 'content-type': 'application/json' };
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const forged = `${part({ alg: 'RS256', kid: marker })}.${part({ sub: marker, staff_id: marker })}.${part({})}`;

/** Requests that are wrong in one way each, with the marker where it is wrong. */
export function wrongRequests(token: string): Request[] {
  const bodies: unknown[] = [
    marker,
    [marker],
    { query: marker },
    { query: `{ me { ${marker} } }` },
    { query: `query A($a: ID!) { client(id: $a) { id } }`, variables: { a: { [marker]: marker } } },
    { query: '{ me { id } }', variables: marker },
    { query: '{ me { id } }', operationName: marker },
    { query: ['A', 'B'].map((name) => `query ${name} { me { id } }`).join(' '), operationName: marker },
    { query: '{ me { id } }', extensions: { persistedQuery: { version: 1, sha256Hash: marker } } },
    { documentId: marker, variables: { [marker]: marker } },
    { query: `{ client(id: "${marker}") { id } }` },
    { query: `{ client(id: ${marker}) { id } }` },
    { query: `mutation { registerClient(input: { legalName: "${marker}" }) { __typename } }` },
    { query: `subscription { referralChanged(id: "${marker}") { id } }` },
  ];
  const headers: Record<string, string>[] = [
    { authorization: `Bearer ${marker.repeat(3)}` },
    { authorization: `Bearer ${forged}` },
    { authorization: marker },
    { 'x-request-id': marker, 'x-viewer-token': forged, traceparent: `00-${marker}-${marker}-01` },
    { cookie: `a=${marker}`, 'user-agent': marker, referer: `https://${marker}.example/` },
    { origin: `https://${marker}.example`, accept: marker, 'content-type': `text/plain; a=${marker}` },
  ];
  const signedIn = { ...json, authorization: `Bearer ${token}` };
  const good = JSON.stringify({ query: '{ me { id } }' });
  const post = (more: Partial<Request>): Request => ({
    method: 'POST',
    path: '/graphql',
    headers: signedIn,
    body: good,
    ...more,
  });
  return [
    ...bodies.map((body) => post({ body: JSON.stringify(body) })),
    ...bodies.map((body) => post({ body: JSON.stringify(body), path: '/graphql/stream' })),
    ...headers.map((more) => post({ headers: { ...signedIn, ...more } })),
    post({ body: `{"query": "${marker}` }),
    post({ path: `/${marker}` }),
    post({ path: `/graphql?query=${marker}` }),
    { method: 'GET', path: `/graphql?query={${marker}}`, headers: signedIn },
  ];
}
