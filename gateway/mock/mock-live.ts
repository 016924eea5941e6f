import { randomUUID } from 'node:crypto';
import type { Viewer } from '@throughline/graphql';
import { localTransport, type Message } from '@throughline/messaging';
import { silentLogger } from '@throughline/runtime';
import type { GraphQLSchema } from 'graphql';
import { eventStream, type AnswerStream } from '../src/live/event-stream.ts';
import { LiveGraph } from '../src/live/live-graph.ts';
import { LiveHub } from '../src/live/live-hub.ts';
import type { RunQuery } from '../src/live/live-session.ts';
import type { KnownOperations } from '../src/operations/known-operations.ts';
import { clients, entity } from './thing.ts';

export interface MockLiveOptions {
  schema: GraphQLSchema;
  run: RunQuery;
  known: KnownOperations;
  viewer: Viewer;
  tickMs: number;
}

export interface MockLive {
  answer: AnswerStream;
  close(): Promise<void>;
}

const forEver = new Date('9999-01-01T00:00:00Z');
const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** The gateway's own subscriptions, fed with an event of each kind every so often. */
export async function mockLive({ viewer, tickMs, ...options }: MockLiveOptions): Promise<MockLive> {
  const hub = new LiveHub({ transport: localTransport(), instance: 'mock', logger: silentLogger });
  await hub.start();
  const live = new LiveGraph({
    ...options,
    hub,
    authenticate: () => Promise.resolve(viewer),
    rules: [],
    mostPerViewer: 100,
    told: () => undefined,
  });
  live.useSchema(options.schema);
  const asked = new Set<string>();
  const timer = setInterval(ticking(hub, viewer.id, asked), tickMs);
  return {
    answer: eventStream({
      signIn: () => Promise.resolve({ viewer, expiresAt: forEver }),
      subscribe: (params, who) => {
        for (const [id] of JSON.stringify(params).matchAll(uuid)) asked.add(id);
        return live.subscribe(params, who);
      },
    }),
    close: () => {
      clearInterval(timer);
      return hub.close();
    },
  };
}

/** One notification, one client of the caseload, and every referral that somebody has asked for. */
function ticking(hub: LiveHub, recipientId: string, referrals: ReadonlySet<string>): () => void {
  let tick = 0;
  return () => {
    tick += 1;
    const idOf = (typename: string): string => entity(typename, tick % clients).id ?? '';
    const hear = (topic: Message['topic'], type: string, data: object): void =>
      hub.hear({ id: randomUUID(), topic, type, data });
    const notificationId = idOf('Notification');
    hear('notifications.v1', 'NotificationAdded', { notificationId, recipientId });
    hear('clients.v1', 'ClientUpdated', { clientId: idOf('Client') });
    for (const referralId of referrals) hear('referrals.v1', 'ReferralAccepted', { referralId });
  };
}
