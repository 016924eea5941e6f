import { createECDH, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { referralFacts, uuidV7 } from '@throughline/events';
import { eventually } from '@throughline/testing';
import { decrypt } from 'http_ece';
import webPush from 'web-push';
import { forbiddenIn } from '../template/policy.ts';
import { aViewer, testService, type TestService } from '../../test-service.ts';

const noon = new Date('2036-03-03T17:00:00Z');
const id = () => uuidV7(noon);
const keys = webPush.generateVAPIDKeys();

interface Pushed {
  path: string;
  headers: NodeJS.Dict<string | string[]>;
  body: Buffer;
}
const pushed: Pushed[] = [];
/** A push service: a device whose path begins with /gone no longer exists. */
const pushService = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const path = request.url ?? '';
    if (!path.startsWith('/gone'))
      pushed.push({ path, headers: request.headers, body: Buffer.concat(parts) });
    response.writeHead(path.startsWith('/gone') ? 410 : 201).end();
  });
});

let service: TestService;
let origin: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => {
    pushService.listen(0, '127.0.0.1', resolve);
  });
  origin = `http://127.0.0.1:${String((pushService.address() as AddressInfo).port)}`;
  const settings = {
    VAPID_PUBLIC_KEY: keys.publicKey,
    VAPID_PRIVATE_KEY: keys.privateKey,
    PUSH_ALLOWED_HOSTS: '127.0.0.1',
  };
  service = await testService({ settings });
});
afterAll(async () => {
  await service.close();
  pushService.close();
});
beforeEach(() => {
  service.clock.now = noon;
});

/** A browser with its own keys. */
function aBrowser(name: string) {
  const ecdh = createECDH('prime256v1');
  ecdh.generateKeys();
  const auth = randomBytes(16);
  return {
    input: {
      endpoint: `${origin}/${name}`,
      p256dh: ecdh.getPublicKey('base64url'),
      auth: auth.toString('base64url'),
    },
    reads: (body: Buffer) =>
      JSON.parse(
        decrypt(body, {
          version: 'aes128gcm',
          privateKey: ecdh,
          authSecret: auth.toString('base64url'),
        }).toString(),
      ) as { title: string; body: string },
  };
}

const subscribe = (viewer: ReturnType<typeof aViewer>, input: object) =>
  service.ask<{ it: { kind: string; id?: string; issues?: { path: string; code: string }[] } }>(
    viewer,
    `mutation($input: SubscribePushInput!) { it: subscribePush(input: $input) { kind: __typename
      ... on PushSubscription { id } ... on InvalidInput { issues { path code } } } }`,
    { input },
  );

async function hears(viewer: ReturnType<typeof aViewer>, fact = referralFacts.infoRequested) {
  const referralId = id();
  const about = { referralId, clientId: id(), caseManagerId: viewer.id, dueAt: null };
  await service.hear([fact.of(referralId, noon, about)]);
}
interface Sent {
  id: string;
  state: string;
  deliveries: { state: string; reason: string | null }[];
}
const inbox = async (viewer: ReturnType<typeof aViewer>) =>
  (
    await service.ask<{ myNotifications: { edges: { node: Sent }[] } }>(
      viewer,
      '{ myNotifications(first: 9) { edges { node { id state deliveries { state reason } } } } }',
    )
  ).myNotifications.edges.map(({ node }) => node);
const until = (viewer: ReturnType<typeof aViewer>, expected: object) =>
  eventually(async () => {
    await service.runDeliveries();
    expect((await inbox(viewer))[0]?.deliveries).toMatchObject([expected]);
  });
const own = <Field>(viewer: ReturnType<typeof aViewer>, field: string) =>
  service
    .ask<{ _entities: Field[] }>(
      viewer,
      `query($id: ID!) { _entities(representations: [{ __typename: "StaffMember", id: $id }]) { ... on StaffMember { ${field} } } }`,
      { id: viewer.id },
    )
    .then(({ _entities }) => _entities[0]);

describe('push to a browser', () => {
  it('is encrypted for each device, says only that there is an update, and forgets a device that is gone', async () => {
    const maria = aViewer(id(), ['CASE_MANAGER']);
    const [phone, laptop] = [aBrowser('phone'), aBrowser('laptop')];
    await subscribe(maria, phone.input);
    await subscribe(maria, laptop.input);
    await subscribe(maria, aBrowser('gone').input);
    await hears(maria);
    await until(maria, { state: 'SENT' });

    for (const [name, browser] of Object.entries({ phone, laptop })) {
      const got = pushed.filter(({ path }) => path === `/${name}`);
      expect(got).toHaveLength(1);
      expect(got[0]?.body.toString('latin1')).not.toContain('update');
      const { title, body } = browser.reads(got[0]?.body ?? Buffer.alloc(0));
      expect(body).toContain('You have an update.');
      expect(forbiddenIn(`${title} ${body.replace(/https?:\S+/, '')}`)).toEqual([]);
      expect(got[0]?.headers.authorization).toMatch(/^vapid t=/);
      // A repetition replaces what still waits for a device.
      expect(got[0]?.headers.topic).toMatch(/^[0-9a-f]{32}$/);
    }
    expect(await own(maria, 'pushSubscriptions { id }')).toMatchObject({ pushSubscriptions: [{}, {}] });
  });

  it('belongs to who signed in last at that browser', async () => {
    const [maria, bea] = [aViewer(id(), ['CASE_MANAGER']), aViewer(id(), ['CASE_MANAGER'])];
    const shared = aBrowser('shared');
    await subscribe(maria, shared.input);
    await subscribe(bea, shared.input);
    expect(await own(maria, 'pushSubscriptions { id }')).toEqual({ pushSubscriptions: [] });
    await hears(maria);
    await until(maria, { state: 'SUPPRESSED', reason: 'NO_ADDRESS' });
  });

  it('belongs to one person, also when two sign in at that browser at once', async () => {
    const people = Array.from({ length: 4 }, () => aViewer(id(), ['CASE_MANAGER']));
    const { input } = aBrowser('contested');
    const answers = await Promise.all(people.map((person) => subscribe(person, input)));
    expect(answers.map(({ it }) => it.kind)).toEqual(people.map(() => 'PushSubscription'));
    const owned = await Promise.all(
      people.map((person) => own<{ pushSubscriptions: object[] }>(person, 'pushSubscriptions { id }')),
    );
    expect(owned.flatMap((one) => one?.pushSubscriptions)).toHaveLength(1);
  });

  it('goes to push services only: no other address is taken', async () => {
    const maria = aViewer(id(), ['CASE_MANAGER']);
    const { input } = aBrowser('any');
    for (const endpoint of [
      'https://example.org/a',
      'http://fcm.googleapis.com/a',
      'https://fcm.googleapis.com:8443/a',
      'no',
    ]) {
      const { it } = await subscribe(maria, { ...input, endpoint });
      expect(it.issues).toEqual([{ path: 'endpoint', code: 'NOT_A_PUSH_SERVICE' }]);
    }
    const { it } = await subscribe(maria, { endpoint: 'no', p256dh: 'short', auth: '!' });
    expect(it.issues).toHaveLength(3);
  });
});

describe('a preference', () => {
  const set = (viewer: ReturnType<typeof aViewer>, input: object) =>
    service.ask<{ it: object }>(
      viewer,
      `mutation($input: SetMessagePreferenceInput!) { it: setMessagePreference(input: $input) {
        __typename ... on InvalidInput { issues { path code } } } }`,
      { input },
    );

  it('silences a code on a channel; the inbox has it; it can be taken back', async () => {
    const maria = aViewer(id(), ['CASE_MANAGER']);
    await subscribe(maria, aBrowser('silent').input);
    const choice = { code: 'REFERRAL_INFO_REQUESTED', channel: 'PUSH' };
    await set(maria, { ...choice, silenced: true });
    await hears(maria);
    await until(maria, { state: 'SUPPRESSED', reason: 'SILENCED' });
    expect(await inbox(maria)).toMatchObject([{ state: 'DELIVERED' }]);
    const preferences = 'messagePreferences { code channel silenced maySilence }';
    const { messagePreferences } = (await own<{ messagePreferences: object[] }>(maria, preferences)) ?? {};
    expect(messagePreferences).toContainEqual({ ...choice, silenced: true, maySilence: true });
    expect(messagePreferences).toContainEqual({
      ...{ code: 'CRISIS_L1', channel: 'PUSH', silenced: false, maySilence: false },
    });
    await set(maria, { ...choice, silenced: false });
    service.clock.now = new Date(noon.getTime() + 60_000);
    await hears(maria);
    await until(maria, { state: 'SENT' });
  });

  it.each([
    ['level 1', { code: 'CRISIS_L1', channel: 'PUSH' }, 'CANNOT_BE_SILENCED'],
    ['a safety answer', { code: 'SCREEN_POSITIVE_SAFETY', channel: 'EMAIL' }, 'CANNOT_BE_SILENCED'],
    ['a channel that the code does not use', { code: 'CASE_ASSIGNED', channel: 'SMS' }, 'NOT_USED'],
  ])('cannot silence %s', async (_what, choice, code) => {
    const maria = aViewer(id(), ['CASE_MANAGER']);
    expect(await set(maria, { ...choice, silenced: true })).toMatchObject({ it: { issues: [{ code }] } });
  });
});

describe('a notification that is put off', () => {
  it('is unread and silent until then, for seven days at most, and only by its recipient', async () => {
    const [maria, bea] = [aViewer(id(), ['CASE_MANAGER']), aViewer(id(), ['CASE_MANAGER'])];
    await hears(maria);
    const [node] = await inbox(maria);
    const putOff = (viewer: typeof maria, until: string) =>
      service.ask<{ it: object }>(
        viewer,
        `mutation($input: SnoozeNotificationInput!) { it: snoozeNotification(input: $input) { __typename
          ... on Notification { state deliverAt } ... on InvalidInput { issues { code } } } }`,
        { input: { id: node?.id, until } },
      );
    const evening = '2036-03-03T22:00:00.000Z';
    expect(await putOff(maria, evening)).toEqual({
      it: { __typename: 'Notification', state: 'QUEUED', deliverAt: evening },
    });
    expect(await putOff(bea, evening)).toEqual({ it: { __typename: 'NotFound' } });
    expect(await putOff(maria, '2036-03-03T16:00:00Z')).toMatchObject({
      it: { issues: [{ code: 'IN_PAST' }] },
    });
    expect(await putOff(maria, '2036-04-03T16:00:00Z')).toMatchObject({
      it: { issues: [{ code: 'TOO_LONG' }] },
    });
    service.clock.now = new Date(evening);
    expect(await inbox(maria)).toMatchObject([{ state: 'DELIVERED' }]);
  });
});
