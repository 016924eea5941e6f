import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export const account = {
  sid: `AC${'0'.repeat(32)}`,
  token: 'a token that only the tests know',
  from: '+13055550100',
};

export interface TakenMessage {
  kind: 'Messages' | 'Calls';
  sid: string;
  fields: Record<string, string>;
  at: Date;
}

/** Of one kind of message only, or of both. */
interface Refusal {
  status: number;
  code: number;
  kind?: TakenMessage['kind'];
}

/**
 * A provider that behaves like Twilio, over HTTP: it wants the account, answers its codes, lists what it has taken, and calls
 * back with its signature.
 */
export async function aProvider() {
  const taken: TakenMessage[] = [];
  const state: { refuse: Refusal | null; hang: boolean; now: () => Date } = {
    ...{ refuse: null, hang: false, now: () => new Date() },
  };
  const server = createServer((request, response) => {
    void read(request).then((text) => {
      const answer = (status: number, body: object) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      const expected = `Basic ${Buffer.from(`${account.sid}:${account.token}`).toString('base64')}`;
      if (request.headers.authorization !== expected) return answer(401, { code: 20003, status: 401 });
      const url = new URL(request.url ?? '', 'http://provider');
      const [, kind] = /^\/2010-04-01\/Accounts\/AC0{32}\/(Messages|Calls)\.json$/.exec(url.pathname) ?? [];
      if (kind !== 'Messages' && kind !== 'Calls') return answer(404, { code: 20404, status: 404 });
      if (request.method === 'GET')
        return answer(200, { messages: listOf(taken, url.searchParams.get('To')) });
      const { refuse } = state;
      if (refuse && (refuse.kind ?? kind) === kind)
        return answer(refuse.status, { code: refuse.code, status: refuse.status });
      const sid = `SM${String(taken.length).padStart(32, '0')}`;
      taken.push({ kind, sid, fields: Object.fromEntries(new URLSearchParams(text)), at: state.now() });
      return state.hang ? undefined : answer(201, { sid, status: 'queued' });
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    ...{ taken, state, url: `http://127.0.0.1:${String(port)}` },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

export type TestProvider = Awaited<ReturnType<typeof aProvider>>;

/** What the provider sends to the service: form fields with its signature over the public address. */
export async function callBack(
  at: { url: string; publicUrl: string },
  path: string,
  fields: Record<string, string>,
  token = account.token,
) {
  const text = Object.entries(fields)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flat()
    .join('');
  const signature = createHmac('sha1', token).update(`${at.publicUrl}${path}${text}`).digest('base64');
  const response = await fetch(`${at.url}${path}`, {
    ...{ method: 'POST', body: new URLSearchParams(fields) },
    headers: { 'x-twilio-signature': signature },
  });
  return { status: response.status, body: await response.text() };
}

function listOf(taken: readonly TakenMessage[], to: string | null) {
  return taken
    .filter(({ kind, fields }) => kind === 'Messages' && fields.To === to)
    .map(({ sid, fields, at }) => ({ sid, body: fields.Body ?? '', date_created: at.toUTCString() }));
}

async function read(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request as AsyncIterable<Buffer>) text += part.toString();
  return text;
}
