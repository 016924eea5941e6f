import {
  httpPort,
  inProduction,
  mustBeHttpsElsewhere,
  programTimeZone,
  serviceConfig,
  webAddress,
} from '@throughline/runtime';
import { z } from 'zod';
import { forbiddenIn } from './channel/template/policy.ts';

/** Text that stands in every message: it must not say what the program does. */
const neutral = <Schema extends z.ZodType<string>>(schema: Schema) =>
  schema.refine((text) => forbiddenIn(text.replaceAll(/[^\p{L}\p{N}]+/gu, ' ')).length === 0, {
    error: 'stands in messages outside the application and holds a word that says what they are about',
  });

const smtpUrl = z
  .url({ protocol: /^smtps?$/ })
  .refine((url) => !url.includes('?'), { error: 'takes no options: host, port, user and password only' });

/** How messages leave the application. A channel without its settings is off. */
const messages = {
  /** Name under which messages are sent. */
  MESSAGE_APP_NAME: neutral(z.string().min(1).max(40)).default('Throughline'),
  /** Where staff open the application; a message leads to /notifications/<id> there. */
  STAFF_APP_URL: neutral(webAddress).default('http://localhost:4000'),
  /** How long a provider may take. */
  MESSAGE_TIMEOUT_MS: z.coerce.number().int().min(100).max(60_000).default(15_000),
  /** smtp://user:password@host:587 or smtps://user:password@host:465; e-mail is off without it. */
  SMTP_URL: smtpUrl.optional(),
  /** `required`: no message without TLS. */
  SMTP_TLS: inProduction(z.enum(['required', 'if-offered']).default('required'), (tls) =>
    tls === 'required' ? null : 'if-offered is for development: e-mail leaves only under TLS',
  ),
  /** Sender of e-mails. */
  MAIL_FROM: neutral(
    z.string().regex(/^[^<>@"]{0,60}<?[^\s<>@"]+@[^\s<>@"]+>?$/, 'is not Name <address>'),
  ).default('Throughline <notices@localhost>'),
  /** Text messages and calls through Twilio: all three, or both channels are off. */
  TWILIO_ACCOUNT_SID: z
    .string()
    .regex(/^AC[0-9a-f]{32}$/, 'is not AC and 32 hexadecimal digits')
    .optional(),
  TWILIO_AUTH_TOKEN: z.string().min(20).optional(),
  /** Number that messages come from, E.164. */
  TWILIO_FROM: z
    .string()
    .regex(/^\+[1-9]\d{6,14}$/, 'is not a number as +13055550100')
    .optional(),
  TWILIO_API_URL: inProduction(webAddress.default('https://api.twilio.com'), mustBeHttpsElsewhere),
  /** Port on which the provider reports, and answers like STOP arrive; none: no port. */
  PROVIDER_CALLBACK_PORT: httpPort.optional(),
  /** Public address of that port, as the provider calls it: its signature covers it. */
  PROVIDER_CALLBACK_URL: inProduction(webAddress.optional(), mustBeHttpsElsewhere),
  /** Keys of push messages, as `npx web-push generate-vapid-keys` prints them; push is off without both. */
  VAPID_PUBLIC_KEY: z
    .string()
    .regex(/^[\w-]{87}$/, 'is not a public key of 65 bytes, base64url')
    .optional(),
  VAPID_PRIVATE_KEY: z
    .string()
    .regex(/^[\w-]{43}$/, 'is not a private key of 32 bytes, base64url')
    .optional(),
  /** How a push service reaches the operator. */
  VAPID_CONTACT: z
    .string()
    .regex(/^(mailto:.+@.+|https:\/\/.+)$/, 'is not mailto: or https:')
    .default('mailto:operator@localhost.localdomain'),
  /** Hosts that count as push services, by comma: for tests only. */
  PUSH_ALLOWED_HOSTS: inProduction(
    z
      .string()
      .default('')
      .transform((text) => text.split(',').flatMap((host) => host.trim() || [])),
    (hosts) => (hosts.length > 0 ? 'is for development' : null),
  ),
  /** Incoming webhook of the chat of the program; chat is off without it. */
  CHAT_WEBHOOK_URL: inProduction(webAddress.optional(), mustBeHttpsElsewhere),
};

export const notificationsConfig = z.object({
  ...serviceConfig,
  PORT: serviceConfig.PORT.default(4004),
  /** Also the time zone of staff who have none of their own. */
  ...programTimeZone,
  ...messages,
});

export type NotificationsConfig = z.output<typeof notificationsConfig>;
