import { randomBytes } from 'node:crypto';
import { startOverOneService, type OverOneService } from '../equivalence/one-service.ts';

const path = `/documents/${'a'.repeat(60)}.${'b'.repeat(43)}`;
const content = randomBytes(300_000);
const asked: string[] = [];
let taken = Buffer.alloc(0);
let one: OverOneService;

beforeAll(async () => {
  one = await startOverOneService((request, response) => {
    asked.push(`${request.method ?? ''} ${request.url ?? ''} ${request.headers.authorization ?? 'nobody'}`);
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      taken = Buffer.concat(chunks);
      if (request.method === 'PUT') return void response.writeHead(204).end();
      if (request.url !== path)
        return void response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
      response.writeHead(200, {
        'content-type': 'image/png',
        'content-length': content.length,
        'x-inside': 'yes',
      });
      response.end(content);
    });
  });
});
afterAll(async () => {
  await one.gateway.close();
  await one.close();
});

const at = (url: string, to = path) => `${new URL(url).origin}${to}`;
const put = (body: Buffer) =>
  fetch(at(one.gateway.staffUrl), {
    method: 'PUT',
    body: new Uint8Array(body),
    headers: { authorization: 'Bearer x' },
  });

it('hands the content of a document through, both ways, and nothing else of the request', async () => {
  expect((await put(content)).status).toBe(204);
  expect(taken.equals(content)).toBe(true);
  const answer = await fetch(at(one.gateway.staffUrl));
  expect(Buffer.from(await answer.arrayBuffer()).equals(content)).toBe(true);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    ...{ 'content-type': 'image/png', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
  });
  expect(answer.headers.has('x-inside')).toBe(false);
  expect(asked).toEqual([`PUT ${path} nobody`, `GET ${path} nobody`]);
});

it('hands a refusal through, and refuses by itself what is too large, of another method, or no document', async () => {
  expect((await fetch(at(one.gateway.staffUrl, `${path}c`))).status).toBe(404);
  expect((await put(Buffer.alloc(25_000_001))).status).toBe(413);
  expect((await fetch(at(one.gateway.staffUrl), { method: 'DELETE' })).status).toBe(405);
  const before = asked.length;
  expect((await fetch(at(one.gateway.staffUrl, '/documents/../graphql'))).status).toBeGreaterThanOrEqual(400);
  // Partners have no documents here.
  expect((await fetch(at(one.gateway.partnerUrl))).status).toBe(404);
  expect(asked).toHaveLength(before);
});
