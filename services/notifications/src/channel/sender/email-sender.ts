import { createTransport } from 'nodemailer';
import { codeOf, failedForNow, type Outgoing, type Sender, type Sent } from './sender.ts';

export interface EmailSettings {
  /** smtp://user:password@host:587 or smtps://… */
  url: string;
  from: string;
  /** `required`: no message without TLS. */
  tls: 'required' | 'if-offered';
  timeoutMs: number;
}

/** E-mail over SMTP. A message has the same Message-ID in every attempt, so that a mailbox can tell a repetition. */
export function emailSender({ url, from, tls, timeoutMs }: EmailSettings): Sender {
  const transport = createTransport({
    url,
    ...{ pool: true, maxConnections: 4, maxRequeues: 0 },
    requireTLS: tls === 'required' && !url.startsWith('smtps:'),
    ...{
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
      dnsTimeout: timeoutMs,
    },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
  return {
    send: async (message) => {
      try {
        const { response } = await transport.sendMail(mailOf(message, from));
        return { outcome: 'ACCEPTED', answer: response.slice(0, 3), providerRef: null };
      } catch (error) {
        return failureOf(error);
      }
    },
    close: () => transport.close(),
  };
}

function mailOf({ deliveryId, address, subject, body, language }: Outgoing, from: string) {
  const domain = /@([\w.-]+)/.exec(from)?.[1] ?? 'localhost';
  return {
    // As an object: an address is never read as a list of addresses.
    ...{ from, to: { name: '', address }, subject: subject ?? '', text: `${body}\n` },
    messageId: `<${deliveryId}@${domain}>`,
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'Content-Language': language,
    },
  };
}

/** Refused for good is only what the receiver says about the recipient; 552 is a full mailbox. */
function failureOf(error: unknown): Sent {
  const { responseCode, command } = error as { responseCode?: number; command?: string };
  const answer = responseCode === undefined ? codeOf(error) : String(responseCode);
  const isBounce =
    command === 'RCPT TO' && responseCode !== undefined && responseCode >= 500 && responseCode !== 552;
  return isBounce ? { outcome: 'FAILED_FOR_GOOD', answer, providerRef: null } : failedForNow(answer);
}
