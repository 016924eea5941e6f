import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { crisisOpened, uuidV7 } from '@throughline/events';
import { eventually } from '@throughline/testing';
import { account, aProvider, callBack, type TestProvider } from '../sender/twilio.test-provider.ts';
import { anSmtpServer, type TestSmtpServer } from '../sender/smtp.test-server.ts';
import { aViewer, testService, type TestService } from '../../test-service.ts';

const night = new Date('2036-03-03T08:00:00Z');
const later = (minutes: number) => new Date(night.getTime() + minutes * 60_000);
const id = () => uuidV7(night);
const publicUrl = 'https://messages.example.org';

let provider: TestProvider;
let smtp: TestSmtpServer;
let service: TestService;
let reports: { url: string; publicUrl: string };
let numbers = 1_000_000;

beforeAll(async () => {
  [provider, smtp] = [await aProvider(), await anSmtpServer()];
  const port = await aFreePort();
  reports = { url: `http://127.0.0.1:${String(port)}`, publicUrl };
  service = await testService({
    settings: {
      ...{ SMTP_URL: smtp.url, SMTP_TLS: 'if-offered', MESSAGE_TIMEOUT_MS: 1_000 },
      ...{ TWILIO_ACCOUNT_SID: account.sid, TWILIO_AUTH_TOKEN: account.token, TWILIO_FROM: account.from },
      ...{ TWILIO_API_URL: provider.url, PROVIDER_CALLBACK_PORT: port, PROVIDER_CALLBACK_URL: publicUrl },
      MESSAGE_APP_NAME: 'Pen & Ink',
    },
  });
  provider.state.now = () => service.clock.now;
});
afterAll(async () => {
  await service.close();
  provider.close();
  await smtp.close();
});
beforeEach(() => {
  service.clock.now = night;
  Object.assign(provider.state, { refuse: null, hang: false });
});

async function aFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

interface Delivery {
  id: string;
  route: string[];
  state: string;
  reason: string | null;
  attempts: { number: number; channel: string; outcome: string; answer: string | null }[];
}

interface Inbox {
  myNotifications: { edges: { node: { deliveries: Delivery[] } }[] };
}

/** A case manager with these channels, and a crisis of level 1 at 03:00. */
async function aPage(channels: string[]) {
  const viewer = aViewer(id(), ['CASE_MANAGER']);
  numbers += 1;
  const number = `+1305${String(numbers)}`;
  for (const channel of channels) {
    const address = channel === 'EMAIL' ? `${viewer.id}@example.org` : number;
    const set = `mutation($input: SetMyAddressInput!) { setMyAddress(input: $input) { __typename } }`;
    await service.ask(viewer, set, { input: { channel, address, language: 'es' } });
  }
  const named = { level: 1, caseManagerId: viewer.id, supervisorId: null };
  const clientId = id();
  const open = () => service.hear([crisisOpened.of(clientId, night, { alertId: id(), clientId, ...named })]);
  const deliveries = async () => {
    const query = `{ myNotifications(first: 9) { edges { node { deliveries { id route state reason
      attempts { number channel outcome answer } } } } } }`;
    return (await service.ask<Inbox>(viewer, query)).myNotifications.edges.flatMap(
      ({ node }) => node.deliveries,
    );
  };
  /** What is due runs until the first delivery looks like this. */
  const until = async (expected: object): Promise<Delivery> => {
    await eventually(async () => {
      await service.runDeliveries();
      expect((await deliveries())[0]).toMatchObject(expected);
    });
    const [first] = await deliveries();
    if (!first) throw new Error('there is no delivery');
    return first;
  };
  const taken = () => provider.taken.filter(({ fields }) => fields.To === number);
  const tells = (attempt: number, fields: Record<string, string>, delivery: Delivery) =>
    callBack(reports, `/twilio/status/${delivery.id}/${String(attempt)}`, { To: number, ...fields });
  return { viewer, number, open, until, taken, tells };
}

describe('a text message', () => {
  it('says nothing but that there is an update, and counts as delivered when the provider says so', async () => {
    const page = await aPage(['SMS']);
    await page.open();
    const sent = await page.until({
      state: 'SENT',
      route: ['VOICE', 'SMS', 'EMAIL'],
      attempts: [{ answer: '201' }],
    });
    const [message] = page.taken();
    expect(message?.fields).toMatchObject({
      From: account.from,
      Body: expect.stringContaining('novedad urgente') as string,
    });
    expect((await page.tells(1, { MessageStatus: 'sent' }, sent)).status).toBe(204);
    expect((await page.tells(1, { MessageStatus: 'delivered' }, sent)).status).toBe(204);
    await page.until({ state: 'DELIVERED', attempts: [{ outcome: 'DELIVERED' }] });
    // Late and contradictory: the first end counts.
    await page.tells(1, { MessageStatus: 'undelivered', ErrorCode: '30005' }, sent);
    await page.until({ state: 'DELIVERED' });
  });

  it('to a number that was ported away goes on by e-mail, and the number is not tried again', async () => {
    const page = await aPage(['SMS', 'EMAIL']);
    await page.open();
    const sent = await page.until({ state: 'SENT' });
    await page.tells(1, { MessageStatus: 'undelivered', ErrorCode: '30005' }, sent);
    await page.until({
      state: 'SENT',
      attempts: [{ channel: 'SMS', answer: '30005' }, { channel: 'EMAIL' }],
    });
    await page.open();
    await eventually(async () => {
      await service.runDeliveries();
      expect(smtp.mails.filter(({ to }) => JSON.stringify(to).includes(page.viewer.id))).toHaveLength(2);
    });
    expect(page.taken()).toHaveLength(1);
  });

  it('is tried again on the same channel when the carrier fails for now', async () => {
    const page = await aPage(['SMS', 'EMAIL']);
    await page.open();
    const sent = await page.until({ state: 'SENT' });
    await page.tells(1, { MessageStatus: 'undelivered', ErrorCode: '30003' }, sent);
    await page.until({ state: 'QUEUED' });
    service.clock.now = later(1);
    await page.until({ state: 'SENT', attempts: [{ channel: 'SMS' }, { channel: 'SMS' }] });
  });

  it('that the provider took before the process was killed is found there, and not sent twice', async () => {
    const page = await aPage(['SMS']);
    await page.open();
    const { id: deliveryId } = await page.until({ state: 'SENT' });
    // What a process leaves behind that is killed between the answer of the provider and its own commit.
    await service.db.query(
      `update delivery_attempt set outcome = 'STARTED', ended_at = null, provider_ref = null where delivery_id = $1`,
      [deliveryId],
    );
    await service.db.query(
      `update delivery set state = 'QUEUED', settled_at = null, tries = 0, sending_until = $2 where id = $1`,
      [deliveryId, later(1)],
    );
    await service.db.query(
      `select graphile_worker.add_job('notifications.deliver', json_build_object('deliveryId', $1::text), job_key => 'delivery:' || $1)`,
      [deliveryId],
    );
    service.clock.now = later(2);
    await page.until({
      state: 'SENT',
      attempts: [{ outcome: 'INTERRUPTED' }, { outcome: 'ACCEPTED', answer: 'FOUND' }],
    });
    expect(page.taken()).toHaveLength(1);
  });
});

describe('STOP', () => {
  it('in the middle of a chain ends text messages at once; the next channel goes on; START takes it back', async () => {
    const page = await aPage(['SMS', 'EMAIL']);
    provider.state.refuse = { status: 503, code: 20503 };
    await page.open();
    await page.until({ state: 'QUEUED', attempts: [{ outcome: 'FAILED_FOR_NOW' }] });
    provider.state.refuse = null;
    const inbound = { From: page.number, Body: ' Alto. ' };
    expect(await callBack(reports, '/twilio/inbound', inbound)).toEqual({ status: 200, body: '<Response/>' });
    service.clock.now = later(1);
    await page.until({
      state: 'SENT',
      attempts: [{ channel: 'SMS' }, { channel: 'EMAIL', outcome: 'ACCEPTED' }],
    });
    expect(page.taken()).toEqual([]);

    await callBack(reports, '/twilio/inbound', { From: page.number, Body: 'START' });
    await page.open();
    await eventually(async () => {
      await service.runDeliveries();
      expect(page.taken()).toHaveLength(1);
    });
  });

  it('that only the provider knows is learned from its refusal', async () => {
    const page = await aPage(['SMS']);
    provider.state.refuse = { status: 400, code: 21610 };
    await page.open();
    await page.until({ state: 'SUPPRESSED', reason: 'STOPPED', attempts: [{ answer: '21610' }] });
  });

  it('is told by HELP, without a word of what the messages are about', async () => {
    const { body } = await callBack(reports, '/twilio/inbound', { From: '+13055550199', Body: 'ayuda' });
    expect(body).toMatch(/^<Response><Message>Pen &amp; Ink: .* STOP ends them/);
  });
});

describe('a call', () => {
  it('reads the message aloud, and is tried again when nobody answers', async () => {
    const page = await aPage(['VOICE']);
    await page.open();
    const sent = await page.until({ state: 'SENT' });
    expect(page.taken()[0]).toMatchObject({ kind: 'Calls' });
    expect(page.taken()[0]?.fields.Twiml).toMatch(
      /^<Response><Say language="es-US" loop="2">Tiene una novedad/,
    );
    await page.tells(1, { CallStatus: 'no-answer' }, sent);
    await page.until({ state: 'QUEUED', attempts: [{ answer: 'no-answer' }] });
  });
});

describe('a request that the provider did not sign', () => {
  it.each([
    ['with another key', 'another token that nobody has', '/twilio/inbound'],
    ['of nowhere', account.token, '/twilio/status/nothing/1'],
  ])('%s changes nothing', async (_what, token, path) => {
    const { status } = await callBack(reports, path, { From: '+13055550123', Body: 'STOP' }, token);
    expect(status).toBe(token === account.token ? 404 : 403);
  });

  it('is refused without a signature, with another method, and when it is too long', async () => {
    const post = (body: string) => fetch(`${reports.url}/twilio/inbound`, { method: 'POST', body });
    expect((await post('Body=STOP')).status).toBe(403);
    expect((await fetch(`${reports.url}/twilio/inbound`)).status).toBe(400);
    expect((await post(`Body=${'x'.repeat(70_000)}`)).status).toBe(400);
  });
});
