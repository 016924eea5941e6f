import { eventually } from '@throughline/testing';
import pg from 'pg';
import { Webhook } from 'standardwebhooks';
import { referralsConfig } from '../../config.ts';
import { resealSecrets } from './reseal-secrets.ts';
import { open } from './secret-box.ts';
import { does, partnerDoes, referralsWorld, type World } from '../../loop.test-world.ts';
import { accept, aReceiver, nth, withReceivers, type Receivers } from './webhook.test-receiver.ts';

let world: World;
let { aStory, subscribes, deliveriesOf } = {} as Receivers;
beforeAll(async () => {
  world = await referralsWorld();
  ({ aStory, subscribes, deliveriesOf } = withReceivers(world));
});
afterAll(() => world.close());

describe('an agency that looks after its receiver', () => {
  type Partner = Parameters<World['ask']>[0];
  const change = async (partner: Partner, mutation: string, input: object) => {
    const type =
      mutation === 'sendWebhookTestEvent' ? 'SendWebhookTestEventInput' : 'WebhookSubscriptionInput';
    const answer =
      mutation === 'sendWebhookTestEvent'
        ? '... on WebhookTestResult { id outcome httpStatus }'
        : '... on WebhookSubscription { status disabledReason version }';
    const { it } = await world.ask<{ it: Record<string, unknown> }>(
      partner,
      `mutation($input: ${type}!) { it: ${mutation}(input: $input) { kind: __typename ${answer} ... on Problem { message } } }`,
      { input },
    );
    return it;
  };

  it('sends itself a signed test event, and waits a moment before the next one', async () => {
    const receiver = await aReceiver(accept);
    const { partner } = await world.aPartner();
    const { subscription, secret } = await subscribes(partner, receiver.url);
    const result = await change(partner, 'sendWebhookTestEvent', { id: subscription.id });
    expect(result).toMatchObject({ kind: 'WebhookTestResult', outcome: 'DELIVERED', httpStatus: 204 });
    const got = await nth(receiver.got, 1);
    const headers = got.headers as Record<string, string>;
    expect(new Webhook(secret).verify(got.body, headers)).toMatchObject({
      id: result.id,
      type: 'partner.test',
    });
    expect(headers['user-agent']).toBe('Throughline-Webhooks/1.0');
    expect(await change(partner, 'sendWebhookTestEvent', { id: subscription.id })).toMatchObject({
      kind: 'Forbidden',
    });
    const other = await world.aPartner();
    expect(await change(other.partner, 'sendWebhookTestEvent', { id: subscription.id })).toMatchObject({
      kind: 'NotFound',
    });
    receiver.close();
  });

  it('switches a subscription on again that a 410 switched off', async () => {
    const { receiver, partner, subscription, sent } = await aStory((response, count) =>
      response.writeHead(count === 1 ? 410 : 204).end(),
    );
    await eventually(async () => (await deliveriesOf(partner))[0]?.state === 'EXHAUSTED');
    const on = await change(partner, 'enableWebhookSubscription', {
      id: subscription.id,
      expectedVersion: 2,
    });
    expect(on).toMatchObject({ status: 'ACTIVE', disabledReason: null, version: 3 });
    await partnerDoes(world, partner, 'acceptReferral', { id: sent.id, expectedVersion: sent.version });
    const again = await nth(receiver.got, 2);
    expect(JSON.parse(again.body)).toMatchObject({ type: 'partner.referral.accepted' });
    receiver.close();
  });

  it('is waited for when it asks with 429 and Retry-After, and that is no failure', async () => {
    const { receiver, partner } = await aStory((response, count) =>
      count < 5 ? response.writeHead(429, { 'retry-after': '0' }).end() : response.writeHead(204).end(),
    );
    await eventually(async () => (await deliveriesOf(partner))[0]?.state === 'DELIVERED');
    const outcomes = (await deliveriesOf(partner))[0]?.attempts.map(({ outcome }) => outcome);
    // Three failures would have been the end.
    expect(outcomes).toEqual([...Array<string>(4).fill('THROTTLED'), 'DELIVERED']);
    receiver.close();
  });

  it('has 20 active subscriptions at most', async () => {
    const { partner } = await world.aPartner();
    const made = [];
    for (let count = 0; count < 21; count++) made.push(await subscribes(partner, 'http://127.0.0.1:9/hook'));
    expect(made.slice(0, 20).every((one) => one.subscription.id)).toBe(true);
    expect(made[20]).toEqual({ __typename: 'Forbidden' });
  });
});

describe('sending a referral', () => {
  it('costs the same statements with 20 subscriptions as with none', async () => {
    const counts: number[] = [];
    for (const subscriptions of [0, 20]) {
      const { partner, serviceId, agencyId } = await world.aPartner();
      for (let count = 0; count < subscriptions; count++)
        await subscribes(partner, 'http://127.0.0.1:9/hook');
      const { person, manager } = await world.aCase();
      await world.signs(person, [agencyId]);
      const draft = await does(world, manager, 'createReferral', { needId: person.needId, serviceId });
      const count = countStatements(/insert into "partner_event"/i);
      expect((await does(world, manager, 'sendReferral', { id: draft.id, expectedVersion: 1 })).status).toBe(
        'SENT',
      );
      counts.push(count());
    }
    expect(counts[0]).toBeGreaterThan(5);
    expect(counts[1]).toBe(counts[0]);
  });
});

describe('a secret', () => {
  it('stands encrypted in the database, with the id of its key', async () => {
    const receiver = await aReceiver(accept);
    const { partner } = await world.aPartner();
    const { subscription, secret } = await subscribes(partner, receiver.url);
    const [row]: { secrets: string[] }[] = await world.db.query(
      'select secrets from webhook_subscription where id = $1',
      [subscription.id],
    );
    expect(row?.secrets).toEqual([expect.stringMatching(/^sealed:development:/)]);
    expect(JSON.stringify(row)).not.toContain(secret.slice(6, 20));
    receiver.close();
  });

  it('from before encryption is encrypted in its row, and signs as before; a new key takes over', async () => {
    const { partner } = await world.aPartner();
    const { subscription } = await subscribes(partner, 'http://127.0.0.1:9/hook');
    const plain = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
    await world.db.query('update webhook_subscription set secrets = array[$2] where id = $1', [
      subscription.id,
      plain,
    ]);
    const { WEBHOOK_SECRET_KEYS: keys } = referralsConfig.pick({ WEBHOOK_SECRET_KEYS: true }).parse({});
    const newer = [{ id: 'newer', key: Buffer.alloc(32, 9) }, ...keys];
    const stored = async (): Promise<string> => {
      const [row]: { secrets: string[] }[] = await world.db.query(
        'select secrets from webhook_subscription where id = $1',
        [subscription.id],
      );
      return row!.secrets[0]!;
    };
    for (const [all, id] of [
      [keys, 'development'],
      [newer, 'newer'],
      [[...keys, ...newer], 'development'],
    ] as const) {
      expect(await resealSecrets(world.db.manager, all)).toBeGreaterThan(0);
      expect(await stored()).toMatch(new RegExp(`^sealed:${id}:`));
      expect(open(all, await stored(), subscription.id)).toBe(plain);
      expect(await resealSecrets(world.db.manager, all)).toBe(0);
    }
  });
});

/** Counts the statements of the transaction that runs a statement like `marked`, until the count is asked for. */
function countStatements(marked: RegExp): () => number {
  const original = pg.Client.prototype.query;
  const open = new Map<object, string[]>();
  const done: string[][] = [];
  pg.Client.prototype.query = function (this: pg.Client, ...args: [never]) {
    const [first] = args as unknown[];
    const text = typeof first === 'string' ? first : ((first as { text?: string }).text ?? '');
    if (/^(begin|start transaction)/i.test(text)) open.set(this, []);
    open.get(this)?.push(text);
    if (/^(commit|rollback)/i.test(text)) {
      done.push(open.get(this) ?? []);
      open.delete(this);
    }
    return Reflect.apply(original, this, args) as never;
  };
  return () => {
    pg.Client.prototype.query = original;
    return done.find((texts) => texts.some((text) => marked.test(text)))?.length ?? 0;
  };
}
