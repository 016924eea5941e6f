import { randomBytes } from 'node:crypto';
import { command } from '@throughline/command';
import { uuidV7 } from '@throughline/events';
import {
  forbidden,
  isUuid,
  notFound,
  roleForbidden,
  wrongForm,
  type Problem,
  type Viewer,
} from '@throughline/graphql';
import type { EntityManager } from 'typeorm';
import { isForDevelopment } from '../../config.ts';
import type { Context } from '../../context.ts';
import type {
  CreateWebhookSubscriptionInput,
  ReplayWebhookDeliveryInput,
  SendWebhookTestEventInput,
  WebhookSubscriptionInput,
} from '../../generated/graphql.ts';
import { addressAdvice, postSafely, type Sent } from './safe-request.ts';
import { scheduleLine } from './schedule-line.ts';
import { seal } from './secret-box.ts';
import { signedHeaders } from './signed-headers.ts';
import { disabled, enabled, testMessage, withSecret, type WebhookSubscription } from './webhook.ts';
import { WebhookDeliveryEntity, WebhookSubscriptionEntity } from './webhook.entity.ts';

/** A subscription with the secret that is shown once. */
export interface SecretShown {
  id: string;
  subscription: WebhookSubscription;
  secret: string | null;
}

/** The answer of these commands is not the row, and the row is never shown with its secrets. */
const shown = (answer: Promise<object>) => answer as Promise<SecretShown | Problem>;

/** The agency of a partner; the SDL says which roles may set up webhooks. */
export function agencyOf({ agencyId }: Viewer): string {
  if (agencyId === null) throw roleForbidden();
  return agencyId;
}

/** Creates a subscription. Its secret is in this answer only. */
export const createWebhookSubscription = (context: Context, input: CreateWebhookSubscriptionInput) =>
  shown(
    command(
      context,
      {
        name: 'createWebhookSubscription',
        input,
        creates: WebhookSubscriptionEntity,
        check: () => addressFaults(context, input.url),
        again: shownBefore,
      },
      async (_none, { tx, now, viewer }) => {
        const full = await limitReached(tx, context);
        if (full) return full;
        const id = uuidV7(now);
        const secret = newSecret();
        const subscription: WebhookSubscription = {
          ...{
            id,
            agencyId: agencyOf(viewer),
            url: input.url,
            createdBy: viewer.id,
            createdAt: now,
            version: 1,
          },
          ...{ status: 'ACTIVE', disabledReason: null, testedAt: null },
          secrets: [seal(context.config.WEBHOOK_SECRET_KEYS, secret, id)],
        };
        return { insert: subscription, answer: { id, subscription, secret } satisfies SecretShown };
      },
    ),
  );

/** A new secret next to the last one, until the next rotation. */
export const rotateWebhookSecret = (context: Context, input: WebhookSubscriptionInput) =>
  shown(
    command(
      context,
      {
        name: 'rotateWebhookSecret',
        input,
        lock: [WebhookSubscriptionEntity, input.id],
        may: isOwn(context),
        again: shownBefore,
      },
      (found) => {
        const secret = newSecret();
        const update = withSecret(found, seal(context.config.WEBHOOK_SECRET_KEYS, secret, found.id));
        const subscription = { ...update, version: found.version + 1 };
        return { update, answer: { id: found.id, subscription, secret } satisfies SecretShown };
      },
    ),
  );

/** Switches a subscription off; deliveries that wait are dropped. */
export const disableWebhookSubscription = (context: Context, input: WebhookSubscriptionInput) =>
  command(
    context,
    {
      name: 'disableWebhookSubscription',
      input,
      lock: [WebhookSubscriptionEntity, input.id],
      may: isOwn(context),
    },
    (found) => ({
      update: disabled(found, 'BY_AGENCY'),
      also: (tx) =>
        tx.update(
          WebhookDeliveryEntity,
          { subscriptionId: found.id, state: 'PENDING' },
          { state: 'DROPPED' },
        ),
    }),
  );

/** Switches a subscription on again: events from now on are delivered, earlier ones are in the feed. */
export const enableWebhookSubscription = (context: Context, input: WebhookSubscriptionInput) =>
  command(
    context,
    {
      name: 'enableWebhookSubscription',
      input,
      lock: [WebhookSubscriptionEntity, input.id],
      may: isOwn(context),
    },
    async (found, { tx }) =>
      (found.status === 'ACTIVE' ? null : await limitReached(tx, context)) ?? { update: enabled(found) },
  );

/** Puts a delivery that is over back in line; consent is read again before the attempt. */
export const replayWebhookDelivery = (context: Context, input: ReplayWebhookDeliveryInput) =>
  command(
    context,
    {
      name: 'replayWebhookDelivery',
      input,
      lock: [WebhookDeliveryEntity, input.id],
      may: isOwn(context),
    },
    async (found, { tx, now }) => {
      const { subscriptionId, referralId } = found;
      const { status } = await tx.findOneByOrFail(WebhookSubscriptionEntity, { id: subscriptionId });
      if (status !== 'ACTIVE') return forbidden('The subscription is switched off; switch it on first.');
      return {
        update: { ...found, state: 'PENDING' as const, nextAttemptAt: now },
        also: (inner: EntityManager) => scheduleLine(inner, { subscriptionId, referralId }),
      };
    },
  );

/** How long the caller of a test waits at most; the gateway waits 5 s. */
const mostTestMs = 4_000;

/** Result of a test, as the receiver answered. */
export interface TestResult extends Sent {
  id: string;
  durationMs: number;
}

/** Posts a signed event of the type partner.test to the receiver now, also to one that is switched off. */
export async function sendWebhookTestEvent(
  context: Context,
  { id }: SendWebhookTestEventInput,
): Promise<TestResult | Problem> {
  const wrong = wrongForm(context);
  if (wrong) return wrong;
  const { db, config, viewer, now } = context;
  const where = { id, agencyId: agencyOf(viewer) };
  const found = isUuid(id) ? await db.manager.findOneBy(WebhookSubscriptionEntity, where) : null;
  if (!found) return notFound('WebhookSubscription');
  const at = now();
  if (!(await mayTest(context, id, at))) return forbidden('One test in 5 seconds; wait a moment.');

  const event = { id: uuidV7(at), body: '' };
  event.body = testMessage(event.id, at);
  const headers = signedHeaders(config.WEBHOOK_SECRET_KEYS, found, event, at);
  const timeoutMs = Math.min(config.WEBHOOK_TIMEOUT_MS, mostTestMs);
  const limits = { timeoutMs, allowedHosts: config.WEBHOOK_ALLOWED_HOSTS };
  const sent = await postSafely(found.url, headers, event.body, limits);
  return { ...sent, id: event.id, durationMs: now().getTime() - at.getTime() };
}

/** Takes the turn of this subscription; false when the last test was a moment ago. */
async function mayTest({ db }: Context, id: string, at: Date): Promise<boolean> {
  const [, count]: [unknown, number] = await db.query(
    `update webhook_subscription set tested_at = $2::timestamptz
     where id = $1 and (tested_at is null or tested_at < $2::timestamptz - interval '5 seconds') returning id`,
    [id, at],
  );
  return count > 0;
}

/** Rows of other agencies do not exist for a partner. */
function isOwn({ viewer }: Context) {
  return (_care: unknown, { agencyId }: { agencyId: string }): boolean => agencyId === agencyOf(viewer);
}

/** The advisory lock lets one caller of an agency count at a time. */
async function limitReached(tx: EntityManager, { viewer, config }: Context): Promise<Problem | null> {
  const agencyId = agencyOf(viewer);
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('webhook subscriptions ' || $1, 0))`, [
    agencyId,
  ]);
  const count = await tx.countBy(WebhookSubscriptionEntity, { agencyId, status: 'ACTIVE' });
  const most = config.WEBHOOK_SUBSCRIPTIONS_PER_AGENCY;
  return count < most
    ? null
    : forbidden(`Your agency has ${count} active subscriptions, and ${most} are allowed: disable one first.`);
}

function addressFaults({ config }: Context, url: string) {
  const fault = addressAdvice(url, config.WEBHOOK_ALLOWED_HOSTS, isForDevelopment(config));
  return fault ? [{ path: 'url', code: 'NOT_ALLOWED', message: fault }] : [];
}

async function shownBefore(tx: EntityManager, id: string): Promise<SecretShown> {
  const subscription = await tx.findOneByOrFail(WebhookSubscriptionEntity, { id });
  return { id, subscription, secret: null };
}

/** 32 random bytes, as Standard Webhooks writes them. */
function newSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}
