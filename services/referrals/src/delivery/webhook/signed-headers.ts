import { Webhook } from 'standardwebhooks';
import { open, type SecretKey } from './secret-box.ts';
import type { WebhookSubscription } from './webhook.ts';

/** The name under which deliveries arrive at a receiver. */
const userAgent = 'Throughline-Webhooks/1.0';

/** Headers of Standard Webhooks 1.0.0: one signature for each secret of the subscription. */
export function signedHeaders(
  keys: readonly SecretKey[],
  { id: owner, secrets }: WebhookSubscription,
  { id, body }: { id: string; body: string },
  at: Date,
): Record<string, string> {
  return {
    'content-type': 'application/json',
    'user-agent': userAgent,
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': secrets
      .map((secret) => new Webhook(open(keys, secret, owner)).sign(id, at, body))
      .join(' '),
  };
}
