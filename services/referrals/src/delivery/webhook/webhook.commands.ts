import { randomBytes } from 'node:crypto';
import { uuidV7 } from '@throughline/events';
import {
  forbidden,
  hasRole,
  invalidInput,
  isUuid,
  notFound,
  roleForbidden,
  staleVersion,
  type Forbidden,
  type IdempotencyConflict,
  type InvalidInput,
  type NotFound,
  type StaleVersion,
  type Viewer,
} from '@throughline/graphql';
import { once } from '@throughline/messaging';
import type { EntityManager } from 'typeorm';
import type { Context } from '../../context.ts';
import type {
  CreateWebhookSubscriptionInput,
  ReplayWebhookDeliveryInput,
  WebhookSubscriptionInput,
} from '../../generated/graphql.ts';
import { addressFault } from './safe-request.ts';
import { scheduleLine } from './schedule-line.ts';
import type { WebhookDelivery, WebhookSubscription } from './webhook.ts';
import { WebhookDeliveryEntity, WebhookSubscriptionEntity } from './webhook.entity.ts';

/** A subscription with the secret that is shown once. */
export interface SecretShown {
  id: string;
  subscription: WebhookSubscription;
  secret: string | null;
}

/** Administrators and systems of an agency set up its webhooks. */
export function agencyOf(viewer: Viewer): string {
  const may = viewer.graph === 'PARTNER' && hasRole(viewer, 'PARTNER_ADMIN', 'PARTNER_SYSTEM');
  if (!may || viewer.agencyId === null) throw roleForbidden();
  return viewer.agencyId;
}

/** Creates a subscription. Its secret is in this answer only. */
export async function createWebhookSubscription(
  context: Context,
  input: CreateWebhookSubscriptionInput,
): Promise<SecretShown | InvalidInput | IdempotencyConflict> {
  const { viewer, db, now, config } = context;
  const agencyId = agencyOf(viewer);
  const fault = addressFault(input.url, config.WEBHOOK_ALLOWED_HOSTS);
  if (fault) return invalidInput([{ path: 'url', code: 'NOT_ALLOWED', message: fault }]);

  const subscription: WebhookSubscription = {
    id: uuidV7(now()),
    agencyId,
    url: input.url,
    secrets: [newSecret()],
    status: 'ACTIVE',
    disabledReason: null,
    createdBy: viewer.id,
    createdAt: now(),
    version: 1,
  };
  const attempt = { viewerId: viewer.id, command: 'createWebhook', key: input.idempotencyKey, input };
  return db.transaction((tx) =>
    once<SecretShown>(
      tx,
      attempt,
      async () => {
        await tx.insert(WebhookSubscriptionEntity, subscription);
        return { id: subscription.id, subscription, secret: subscription.secrets[0] ?? null };
      },
      (id) => shownBefore(tx, id),
    ),
  );
}

/** A new secret. The last one stays valid until the next rotation. */
export function rotateWebhookSecret(
  context: Context,
  input: WebhookSubscriptionInput,
): Promise<SecretShown | NotFound | StaleVersion | IdempotencyConflict> {
  const run = async (tx: EntityManager): Promise<SecretShown | NotFound | StaleVersion> => {
    const found = await lockSubscription(tx, context.viewer, input);
    if ('kind' in found) return found;
    const secret = newSecret();
    const secrets = [secret, ...found.secrets.slice(0, 1)];
    const subscription = { ...found, secrets, version: found.version + 1 };
    await tx.update(WebhookSubscriptionEntity, { id: found.id }, subscription);
    return { id: found.id, subscription, secret };
  };
  const { db, viewer } = context;
  const attempt = { viewerId: viewer.id, command: 'rotateWebhook', key: input.idempotencyKey, input };
  return db.transaction((tx) =>
    once<SecretShown | NotFound | StaleVersion>(
      tx,
      attempt,
      () => run(tx),
      (id) => shownBefore(tx, id),
    ),
  );
}

/** Switches a subscription off; waiting deliveries are dropped. */
export function disableWebhookSubscription(
  context: Context,
  input: WebhookSubscriptionInput,
): Promise<WebhookSubscription | NotFound | StaleVersion | IdempotencyConflict> {
  const { db, viewer } = context;
  const attempt = { viewerId: viewer.id, command: 'disableWebhook', key: input.idempotencyKey, input };
  const run = async (tx: EntityManager): Promise<WebhookSubscription | NotFound | StaleVersion> => {
    const found = await lockSubscription(tx, viewer, input);
    if ('kind' in found) return found;
    const version = found.version + 1;
    const off = { ...found, status: 'DISABLED' as const, disabledReason: 'BY_AGENCY', version };
    await tx.update(WebhookSubscriptionEntity, { id: found.id }, off);
    await tx.update(
      WebhookDeliveryEntity,
      { subscriptionId: found.id, state: 'PENDING' },
      { state: 'DROPPED' },
    );
    return off;
  };
  return db.transaction((tx) =>
    once<WebhookSubscription | NotFound | StaleVersion>(
      tx,
      attempt,
      () => run(tx),
      (id) => tx.findOneByOrFail(WebhookSubscriptionEntity, { id }),
    ),
  );
}

/** Queues a finished delivery again; consent is read again before the attempt. */
export function replayWebhookDelivery(
  context: Context,
  input: ReplayWebhookDeliveryInput,
): Promise<WebhookDelivery | NotFound | Forbidden | IdempotencyConflict> {
  const { db, viewer, now } = context;
  const agencyId = agencyOf(viewer);
  const attempt = { viewerId: viewer.id, command: 'replayWebhook', key: input.idempotencyKey, input };
  const run = async (tx: EntityManager): Promise<WebhookDelivery | NotFound | Forbidden> => {
    const where = { id: input.id, agencyId };
    const lock = { mode: 'pessimistic_write' } as const;
    const found = isUuid(input.id) ? await tx.findOne(WebhookDeliveryEntity, { where, lock }) : null;
    if (!found) return notFound('delivery');
    const subscription = await tx.findOneByOrFail(WebhookSubscriptionEntity, { id: found.subscriptionId });
    if (subscription.status !== 'ACTIVE') return forbidden('The subscription is switched off.');
    await tx.update(WebhookDeliveryEntity, { id: found.id }, { state: 'PENDING', nextAttemptAt: now() });
    await scheduleLine(tx, { subscriptionId: found.subscriptionId, referralId: found.referralId });
    return { ...found, state: 'PENDING', nextAttemptAt: now() };
  };
  return db.transaction((tx) =>
    once<WebhookDelivery | NotFound | Forbidden>(
      tx,
      attempt,
      () => run(tx),
      (id) => tx.findOneByOrFail(WebhookDeliveryEntity, { id }),
    ),
  );
}

async function lockSubscription(
  tx: EntityManager,
  viewer: Viewer,
  { id, expectedVersion }: WebhookSubscriptionInput,
): Promise<WebhookSubscription | NotFound | StaleVersion> {
  const where = { id, agencyId: agencyOf(viewer) };
  const lock = { mode: 'pessimistic_write' } as const;
  const found = isUuid(id) ? await tx.findOne(WebhookSubscriptionEntity, { where, lock }) : null;
  if (!found) return notFound('subscription');
  return found.version === expectedVersion ? found : staleVersion(found.version);
}

async function shownBefore(tx: EntityManager, id: string): Promise<SecretShown> {
  const subscription = await tx.findOneByOrFail(WebhookSubscriptionEntity, { id });
  return { id, subscription, secret: null };
}

/** 32 random bytes, as Standard Webhooks writes them. */
function newSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}
