import { eventually } from '@throughline/testing';
import { Webhook } from 'standardwebhooks';
import { does, partnerDoes, referralsWorld, type World } from '../../loop.test-world.ts';
import { accept, aReceiver, nth, withReceivers, type Receivers } from './webhook.test-receiver.ts';

let world: World;
let { aStory, subscribes, deliveriesOf, firstAttempt } = {} as Receivers;
beforeAll(async () => {
  world = await referralsWorld();
  ({ aStory, subscribes, deliveriesOf, firstAttempt } = withReceivers(world));
});
afterAll(() => world.close());

describe('a webhook', () => {
  it('carries ids and codes only, signed so that the agency can verify it', async () => {
    const { receiver, secret, sent, partner } = await aStory(accept);
    const got = await nth(receiver.got, 1);
    const message = new Webhook(secret).verify(got.body, got.headers as Record<string, string>);
    expect(message).toEqual({
      specversion: '1.0',
      id: got.headers['webhook-id'],
      type: 'partner.referral.sent',
      source: '/network/referrals',
      subject: `referral/${sent.id}`,
      time: expect.any(String) as string,
      sequence: '1',
      data: { referralId: sent.id, status: 'SENT', priority: 'ROUTINE' },
    });
    await eventually(async () => (await deliveriesOf(partner))[0]?.state === 'DELIVERED');
    receiver.close();
  });

  it('is tried again after a failure, and the next one waits for it', async () => {
    const { receiver, sent, partner } = await aStory((response, count) =>
      response.writeHead(count < 3 ? 500 : 200).end(),
    );
    await eventually(() => receiver.got.length >= 1);
    await partnerDoes(world, partner, 'acceptReferral', { id: sent.id, expectedVersion: sent.version });
    await eventually(() => receiver.got.length >= 4);
    const types = receiver.got.map(({ body }) => (JSON.parse(body) as { type: string }).type);
    expect(types).toEqual([...Array<string>(3).fill('partner.referral.sent'), 'partner.referral.accepted']);
    receiver.close();
  });

  it('that was answered 410 switches the subscription off and tells people', async () => {
    const { receiver, partner, subscription } = await aStory((response) => response.writeHead(410).end());
    const facts = await eventually(async () => {
      const found: unknown[] = await world.db.query(
        `select payload->>'agencyId' as "agencyId" from outbox where type = 'WebhookDisabled' and key = $1`,
        [subscription.id],
      );
      return found.length > 0 && found;
    });
    expect(facts).toEqual([{ agencyId: partner.agencyId }]);
    expect((await deliveriesOf(partner)).map(({ state }) => state)).toEqual(['EXHAUSTED']);
    receiver.close();
  });

  it('does not follow a redirect', async () => {
    const trap = await aReceiver(accept);
    const { receiver, partner } = await aStory((response) =>
      response.writeHead(302, { location: trap.url }).end(),
    );
    expect(await firstAttempt(partner)).toEqual({ outcome: 'REDIRECTED', httpStatus: 302 });
    expect(trap.got).toEqual([]);
    receiver.close();
    trap.close();
  });

  it('gives up on a receiver that hangs', async () => {
    const { receiver, partner } = await aStory(() => undefined);
    expect(await firstAttempt(partner)).toEqual({ outcome: 'TIMED_OUT', httpStatus: null });
    receiver.close();
  });

  it('to a receiver that hangs fills two slots, however many referrals wait for it', async () => {
    const open = { now: 0, most: 0, hangs: false };
    const hung = new Set<unknown>();
    const { receiver, partner, agencyId, serviceId } = await aStory((response) => {
      const id = response.req.headers['webhook-id'];
      // Until all referrals wait, the receiver asks for time, and again after it let a delivery hang once: that uses up
      // no attempt, so each of them gets its turn however long it takes.
      if (!open.hangs || hung.has(id)) return response.writeHead(429, { 'retry-after': '1' }).end();
      hung.add(id);
      open.now += 1;
      open.most = Math.max(open.most, open.now);
      return response.once('close', () => (open.now -= 1));
    });
    for (let more = 0; more < 5; more += 1) {
      const { manager, person } = await world.aCase();
      await world.signs(person, [agencyId]);
      const draft = await does(world, manager, 'createReferral', { needId: person.needId, serviceId });
      await does(world, manager, 'sendReferral', { id: draft.id, expectedVersion: 1 });
    }
    await eventually(async () => expect(await deliveriesOf(partner)).toHaveLength(6));
    open.hangs = true;
    await eventually(async () => {
      const tried = (await deliveriesOf(partner)).filter(({ attempts }) =>
        attempts.some(({ outcome }) => outcome === 'TIMED_OUT'),
      );
      expect(tried).toHaveLength(6);
    });
    expect(open.most).toBeLessThanOrEqual(2);
    receiver.close();
  });

  it('gives up after the last attempt, says so, and can be replayed to a new try', async () => {
    const { receiver, partner } = await aStory((response) => response.writeHead(503).end());
    await eventually(async () => (await deliveriesOf(partner))[0]?.state === 'EXHAUSTED');
    expect(receiver.got).toHaveLength(3);
    const [delivery] = await deliveriesOf(partner);
    const { it } = await world.ask<{ it: { kind: string } }>(
      partner,
      `mutation($input: ReplayWebhookDeliveryInput!) { it: replayWebhookDelivery(input: $input) { kind: __typename } }`,
      { input: { id: delivery?.id } },
    );
    expect(it.kind).toBe('Forbidden');
    receiver.close();
  });
});

describe('a delivery', () => {
  it('is kept for 13 months, as its attempts are, and leaves the table as a whole month', async () => {
    const { receiver, partner } = await aStory(accept);
    await eventually(async () => (await deliveriesOf(partner))[0]?.state === 'DELIVERED');
    const old = `insert into webhook_delivery (id, subscription_id, agency_id, referral_id, event_id, event_number, state,
        attempts, next_attempt_at, created_at)
      select gen_random_uuid(), subscription_id, agency_id, referral_id, event_id, event_number, state, attempts,
        next_attempt_at, now() - $2 * interval '1 month' from webhook_delivery where agency_id = $1 limit 1`;
    for (const months of [12, 20]) await world.db.query(old, [partner.agencyId, months]);
    // The first call moves rows of the past into their own month.
    for (let call = 0; call < 2; call++) await world.db.query('select keep_months()');
    const ages = `select extract(year from age(now(), created_at)) * 12 + extract(month from age(now(), created_at)) as n
      from webhook_delivery where agency_id = $1 order by 1`;
    const left = await world.db.query<{ n: string }[]>(ages, [partner.agencyId]);
    expect(left.map(({ n }) => Number(n))).toEqual([0, 12]);
    receiver.close();
  });
});

describe('when the client revokes while a delivery waits', () => {
  it('nothing goes out any more, not even a tombstone to somebody who was never told', async () => {
    const { receiver, partner, person, consent } = await aStory((response) => response.writeHead(500).end());
    await eventually(() => receiver.got.length === 1);
    await world.revokes(person, consent);
    await eventually(async () => {
      const states = (await deliveriesOf(partner)).map(({ state }) => state);
      return states.length === 2 && states.every((state) => state === 'WITHHELD');
    });
    expect(receiver.got).toHaveLength(1);
    receiver.close();
  });

  it('an agency that was told gets the tombstone: id and status, then nothing', async () => {
    const { receiver, sent, person, consent, partner } = await aStory(accept);
    await eventually(() => receiver.got.length === 1);
    await world.revokes(person, consent);
    const last = await nth(receiver.got, 2);
    const feed = '{ partnerReferralEvents { edges { node { type status priority } } } }';
    const gone = { node: { type: 'partner.referral.cancelled', status: 'CANCELLED', priority: null } };
    expect(await world.ask(partner, feed)).toEqual({ partnerReferralEvents: { edges: [gone, gone] } });
    expect(JSON.parse(last.body)).toMatchObject({
      type: 'partner.referral.cancelled',
      data: { referralId: sent.id, status: 'CANCELLED' },
    });
    expect(last.body).not.toContain('priority');
    receiver.close();
  });

  it('an unanswered consent question is a failed attempt, not a permission', async () => {
    const receiver = await aReceiver((response, count) => response.writeHead(count === 1 ? 500 : 200).end());
    const partner = await world.aPartner();
    await subscribes(partner.partner, receiver.url);
    const { manager, person } = await world.aCase();
    await world.signs(person, [partner.agencyId]);
    const draft = await does(world, manager, 'createReferral', {
      needId: person.needId,
      serviceId: partner.serviceId,
    });
    await does(world, manager, 'sendReferral', { id: draft.id, expectedVersion: 1 });
    await eventually(() => receiver.got.length === 1);
    world.clients.down = true;
    await eventually(async () => {
      const [delivery] = await deliveriesOf(partner.partner);
      return delivery?.attempts[3]?.outcome === 'CONSENT_UNVERIFIABLE';
    });
    expect(receiver.got).toHaveLength(1);
    world.clients.down = false;
    await eventually(async () => (await deliveriesOf(partner.partner))[0]?.state === 'DELIVERED');
    receiver.close();
  });
});

describe('setting up', () => {
  it.each([
    'http://example.org/hook',
    'https://10.0.0.1/hook',
    'https://[::1]/hook',
    'https://[::ffff:192.168.1.1]/hook',
    'https://169.254.169.254/latest',
    'https://example.org:8080/hook',
    'https://user:secret@example.org/hook',
    'ftp://example.org',
    'nonsense',
  ])('refuses %s', async (url) => {
    const { partner } = await world.aPartner();
    const data = await world.ask<{ it: { kind: string } }>(
      partner,
      `mutation($input: CreateWebhookSubscriptionInput!) { it: createWebhookSubscription(input: $input) { kind: __typename } }`,
      { input: { url } },
    );
    expect(data.it.kind).toBe('InvalidInput');
  });

  it('the feed has the same events, for an agency that was away', async () => {
    const { partner, sent, receiver } = await aStory(accept);
    await partnerDoes(world, partner, 'acceptReferral', { id: sent.id, expectedVersion: sent.version });
    const feed = `query($after: Cursor) { partnerReferralEvents(first: 1, after: $after) {
      edges { node { number type referralId } } pageInfo { endCursor } } }`;
    interface Feed {
      partnerReferralEvents: { edges: { node: object }[]; pageInfo: { endCursor: string } };
    }
    const first = (await world.ask<Feed>(partner, feed)).partnerReferralEvents;
    const next = (await world.ask<Feed>(partner, feed, { after: first.pageInfo.endCursor }))
      .partnerReferralEvents;
    expect([...first.edges, ...next.edges].map(({ node }) => node)).toEqual([
      { number: 1, type: 'partner.referral.sent', referralId: sent.id },
      { number: 2, type: 'partner.referral.accepted', referralId: sent.id },
    ]);
    receiver.close();
  });
});
