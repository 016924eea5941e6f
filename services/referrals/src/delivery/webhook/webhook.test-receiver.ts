import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventually } from '@throughline/testing';
import { does, type World } from '../../loop.test-world.ts';

type Partner = Parameters<World['ask']>[0];

export interface Got {
  body: string;
  headers: IncomingHttpHeaders;
}
export type Behave = (response: ServerResponse, count: number) => void;
export const accept: Behave = (response) => response.writeHead(204).end();

/** A receiver of an agency, which behaves as the test says. */
export async function aReceiver(behave: Behave) {
  const got: Got[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      got.push({ body, headers: request.headers });
      behave(response, got.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { got, url: `http://127.0.0.1:${String(port)}/hook`, close };
}

/** What the receiver got as the n-th, from 1. */
export function nth(got: readonly Got[], n: number): Promise<Got> {
  return eventually(() => {
    const one = got[n - 1];
    if (!one) throw new Error(`the receiver has got ${String(got.length)} of ${String(n)}`);
    return one;
  });
}

export interface Delivery {
  id: string;
  state: string;
  attempts: { outcome: string; httpStatus: number | null }[];
}

/** Agencies with receivers, in a world. */
export function withReceivers(world: World) {
  /** An agency with a receiver, and a referral that was sent to it. */
  async function aStory(behave: Behave) {
    const receiver = await aReceiver(behave);
    const partner = await world.aPartner();
    const { subscription, secret } = await subscribes(partner.partner, receiver.url);
    const aCase = await world.aCase();
    const consent = await world.signs(aCase.person, [partner.agencyId]);
    const { needId } = aCase.person;
    const draft = await does(world, aCase.manager, 'createReferral', {
      needId,
      serviceId: partner.serviceId,
    });
    const sent = await does(world, aCase.manager, 'sendReferral', { id: draft.id, expectedVersion: 1 });
    return { ...partner, ...aCase, receiver, subscription, secret, consent, sent };
  }

  async function subscribes(partner: Partner, url: string) {
    const { it } = await world.ask<{ it: { subscription: { id: string }; secret: string } }>(
      partner,
      `mutation($input: CreateWebhookSubscriptionInput!) { it: createWebhookSubscription(input: $input) {
        __typename ... on WebhookSecretShown { secret subscription { id } } } }`,
      { input: { url } },
    );
    return it;
  }

  async function deliveriesOf(partner: Partner): Promise<Delivery[]> {
    const data = await world.ask<{
      webhookSubscriptions: { status: string; deliveries: { edges: { node: Delivery }[] } }[];
    }>(
      partner,
      `{ webhookSubscriptions { status disabledReason deliveries { edges { node { id state attempts { outcome httpStatus } } } } } }`,
    );
    return data.webhookSubscriptions[0]?.deliveries.edges.map(({ node }) => node) ?? [];
  }

  const firstAttempt = async (partner: Partner) =>
    eventually(async () => (await deliveriesOf(partner)).at(-1)?.attempts[0] ?? false);

  return { aStory, subscribes, deliveriesOf, firstAttempt };
}

export type Receivers = ReturnType<typeof withReceivers>;
