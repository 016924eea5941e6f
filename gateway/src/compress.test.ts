import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { sendAnswer } from './compress.ts';

const text = JSON.stringify({ data: { names: Array.from({ length: 200 }, (_, n) => `Zoë ${n}`) } });
const bytes = Buffer.byteLength(text);
const headers = { 'content-type': 'application/json; charset=utf-8' };
let fromBytes = bytes;
let server: Server;

beforeAll(async () => {
  server = createServer((asked, response) => {
    response.setHeader('vary', 'origin');
    void sendAnswer(asked, response, { answered: { status: 200, headers, text }, fromBytes });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => server.close());

/** The answer as it is on the wire. */
async function ask(accepted?: string): Promise<{ sent: IncomingMessage['headers']; body: Buffer }> {
  const { port } = server.address() as AddressInfo;
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const headersSent = accepted === undefined ? {} : { 'accept-encoding': accepted };
    request({ port, host: '127.0.0.1', headers: headersSent }, resolve).on('error', reject).end();
  });
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  return { sent: answer.headers, body: Buffer.concat(chunks) };
}

describe('an answer', () => {
  beforeEach(() => {
    fromBytes = bytes;
  });

  it.each(['gzip', 'br, gzip, deflate', '*', 'identity;q=0.5, gzip'])(
    'of many bytes is compressed for a caller who takes %s',
    async (accepted) => {
      const { sent, body } = await ask(accepted);
      expect(sent).toMatchObject({ 'content-encoding': 'gzip', 'content-length': String(body.length) });
      expect(sent['content-type']).toBe(headers['content-type']);
      expect(body.length).toBeLessThan(bytes);
      expect(gunzipSync(body).toString()).toBe(text);
    },
  );

  it.each([undefined, 'identity', 'br', 'gzip;q=0', 'gzip;q=0.1, identity'])(
    'stays as it is for a caller who does not: %s',
    async (accepted) => {
      const { sent, body } = await ask(accepted);
      expect(sent['content-encoding']).toBeUndefined();
      expect(body.toString()).toBe(text);
    },
  );

  it('of fewer bytes stays as it is, and depends on what the caller takes all the same', async () => {
    fromBytes = bytes + 1;
    const { sent, body } = await ask('gzip');
    expect(body.toString()).toBe(text);
    expect(sent.vary).toBe('origin, accept-encoding');
  });

  it('is never compressed when that is switched off', async () => {
    fromBytes = 0;
    const { sent, body } = await ask('gzip');
    expect(body.toString()).toBe(text);
    expect(sent.vary).toBe('origin');
  });
});
