import type { NotificationsConfig } from './config.ts';
import type { MessageChannel } from './catalogue/catalogue/routes.ts';
import type { Post } from './channel/delivery/post.ts';
import { chatSender } from './channel/sender/chat-sender.ts';
import { emailSender } from './channel/sender/email-sender.ts';
import { pushSender } from './channel/sender/push-sender.ts';
import type { Sender } from './channel/sender/sender.ts';
import { smsSender, voiceSender, type TwilioSettings } from './channel/sender/twilio.ts';

/** The channels that the settings open. */
export function openPost(config: NotificationsConfig, now: () => Date): Post {
  const { CHAT_WEBHOOK_URL: chatUrl, MESSAGE_TIMEOUT_MS: timeoutMs, SMTP_URL: url } = config;
  const senders = new Map<MessageChannel, Sender>();
  if (url)
    senders.set('EMAIL', emailSender({ url, from: config.MAIL_FROM, tls: config.SMTP_TLS, timeoutMs }));
  const twilio = twilioOf(config);
  if (twilio) {
    senders.set('SMS', smsSender(twilio));
    senders.set('VOICE', voiceSender(twilio));
  }
  const { VAPID_PUBLIC_KEY: publicKey, VAPID_PRIVATE_KEY: privateKey, VAPID_CONTACT: contact } = config;
  if (publicKey && privateKey) senders.set('PUSH', pushSender({ publicKey, privateKey, contact, timeoutMs }));
  if (chatUrl) senders.set('CHAT', chatSender(timeoutMs));
  return {
    ...{ now, timeZone: config.PROGRAM_TIME_ZONE, senders, chatUrl: chatUrl ?? null, timeoutMs },
    ...{ appName: config.MESSAGE_APP_NAME, appUrl: config.STAFF_APP_URL },
  };
}

/** The account at the provider of text messages and calls; null when it is not set up. */
export function twilioOf(config: NotificationsConfig): TwilioSettings | null {
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken, TWILIO_FROM: from } = config;
  if (!accountSid || !authToken || !from) return null;
  return {
    ...{ apiUrl: withoutSlash(config.TWILIO_API_URL), accountSid, authToken, from },
    callbackUrl: config.PROVIDER_CALLBACK_URL ? withoutSlash(config.PROVIDER_CALLBACK_URL) : null,
    timeoutMs: config.MESSAGE_TIMEOUT_MS,
  };
}

function withoutSlash(url: string): string {
  return url.replace(/\/$/, '');
}

export function closePost({ senders }: Post): void {
  for (const sender of senders.values()) sender.close?.();
}
