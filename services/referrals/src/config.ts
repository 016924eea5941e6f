import {
  inProduction,
  programTimeZone,
  secretKeys,
  serviceConfig,
  signingKey,
  webAddress,
} from '@throughline/runtime';
import { z } from 'zod';
import { retryDelaysMs } from './delivery/webhook/webhook.ts';

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean),
);

export const referralsConfig = z.object({
  ...serviceConfig,
  PORT: serviceConfig.PORT.default(4003),
  ...programTimeZone,
  /** Where the clients service answers the one authoritative consent read. */
  CLIENTS_URL: webAddress.default('http://localhost:4001/graphql'),
  /** Signs that one call and nothing else; the clients service has the public key. */
  RELEASE_BASIS_PRIVATE_KEY: signingKey,
  /** The consent must answer within this time; later, nothing leaves. */
  CLIENTS_TIMEOUT_MS: z.coerce.number().int().min(100).max(30_000).default(2_000),
  /** Name under which partners see the sender, as long as the consent does not allow the program's own. */
  NETWORK_NAME: z.string().min(1).max(200).default('Throughline Care Network'),
  /** Neutral number that partners may call back, E.164. */
  NETWORK_CALLBACK_PHONE: z
    .string()
    .regex(/^\+[1-9]\d{6,14}$/)
    .optional(),
  /** For the whole exchange with a partner's receiver. */
  WEBHOOK_TIMEOUT_MS: z.coerce.number().int().min(100).max(60_000).default(15_000),
  /** Hosts that may be private and without https, separated by commas: for tests and local work only. */
  WEBHOOK_ALLOWED_HOSTS: inProduction(list.default([]), (hosts) =>
    hosts.length > 0
      ? 'is for development: with NODE_ENV=production webhooks go to public https addresses only'
      : null,
  ),
  /** Active webhook subscriptions that one agency may have. */
  WEBHOOK_SUBSCRIPTIONS_PER_AGENCY: z.coerce.number().int().min(1).max(1_000).default(20),
  /** Keys that encrypt the webhook secrets: name:base64 of 32 bytes, by comma. The first encrypts, the others open. */
  WEBHOOK_SECRET_KEYS: secretKeys,
  /** Waits before each attempt, separated by commas; the number of entries is the number of attempts. */
  WEBHOOK_RETRY_DELAYS_MS: list
    .pipe(z.array(z.coerce.number<string>().int().min(0)).min(1))
    .default([...retryDelaysMs]),
  /** Folder below which administrators may import service directories; without it the mutation is refused. */
  DIRECTORY_IMPORT_ROOT: z.string().min(1).optional(),
});

export type ReferralsConfig = z.output<typeof referralsConfig>;

/** Production refuses these settings: receivers on this machine, and the published key. */
export function isForDevelopment(
  config: Pick<ReferralsConfig, 'WEBHOOK_ALLOWED_HOSTS' | 'WEBHOOK_SECRET_KEYS'>,
): boolean {
  const { WEBHOOK_ALLOWED_HOSTS: hosts, WEBHOOK_SECRET_KEYS: keys } = config;
  return hosts.length > 0 || keys.some(({ id }) => id === 'development');
}
