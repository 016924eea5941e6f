import { createHmac, timingSafeEqual } from 'node:crypto';
import { dayIn } from '@throughline/privacy';
import { z } from 'zod';
import { codeOf, failedForNow, type Outgoing, type Sender, type Sent } from './sender.ts';

export interface TwilioSettings {
  apiUrl: string;
  accountSid: string;
  authToken: string;
  /** Number that messages come from, E.164. */
  from: string;
  /** Where the provider reports; null: it does not. */
  callbackUrl: string | null;
  timeoutMs: number;
}

/** The owner answered STOP. */
const STOPPED_CODE = 21610;
/** No such number, no mobile number, or a number that has gone elsewhere: another attempt reaches nobody. */
const goneCodes: ReadonlySet<number> = new Set([
  13223, 13224, 21211, 21214, 21217, 21612, 21614, 30005, 30006,
]);

/** Text messages through the HTTP API of Twilio. */
export function smsSender(settings: TwilioSettings): Sender {
  return {
    send: (message) => create(settings, 'Messages', message, { Body: message.body }),
    find: (message, since) => findMessage(settings, message, since),
  };
}

/** Calls through the HTTP API of Twilio: the message is read aloud, twice. */
export function voiceSender(settings: TwilioSettings): Sender {
  return {
    send: (message) => create(settings, 'Calls', message, { Twiml: spoken(message) }),
  };
}

/** Whether the provider signed this request: HMAC-SHA1 of the address and the sorted fields. */
export function isSigned(
  authToken: string,
  url: string,
  fields: URLSearchParams,
  signature: string,
): boolean {
  const text = [...fields]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flat()
    .join('');
  const expected = createHmac('sha1', authToken)
    .update(url + text)
    .digest();
  const given = Buffer.from(signature, 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** How an attempt ended with this code of an error; null: no error. */
export function outcomeOf(code: number | null): Pick<Sent, 'outcome' | 'answer' | 'isStopped'> {
  if (code === null) return { outcome: 'ACCEPTED', answer: null };
  if (code === STOPPED_CODE) return { outcome: 'FAILED_FOR_GOOD', answer: String(code), isStopped: true };
  return { outcome: goneCodes.has(code) ? 'FAILED_FOR_GOOD' : 'FAILED_FOR_NOW', answer: String(code) };
}

const answered = z.object({ sid: z.string().optional(), code: z.number().nullish() });

async function create(
  settings: TwilioSettings,
  resource: 'Messages' | 'Calls',
  { deliveryId, number, address }: Outgoing,
  more: Readonly<Record<string, string>>,
): Promise<Sent> {
  const report =
    settings.callbackUrl && `${settings.callbackUrl}/twilio/status/${deliveryId}/${String(number)}`;
  const fields = { To: address, From: settings.from, ...(report && { StatusCallback: report }), ...more };
  try {
    const response = await ask(settings, `${resource}.json`, {
      method: 'POST',
      body: new URLSearchParams(fields),
    });
    const { sid = null, code } = answered.parse(await response.json());
    if (response.ok) return { outcome: 'ACCEPTED', answer: String(response.status), providerRef: sid };
    // An error of the account or of the provider says nothing about the number.
    return response.status === 400
      ? { providerRef: null, ...outcomeOf(code ?? 0) }
      : failedForNow(String(code ?? response.status));
  } catch (error) {
    return failedForNow(codeOf(error));
  }
}

const list = z.object({
  messages: z.array(z.object({ sid: z.string(), body: z.string(), date_created: z.string() })),
});

/** A message that was accepted before the process was killed: it is not sent twice. */
async function findMessage(
  settings: TwilioSettings,
  { address, body }: Outgoing,
  since: Date,
): Promise<Sent | null> {
  const day = dayIn('UTC', since);
  const query = new URLSearchParams({ To: address, 'DateSent>': day, PageSize: '100' });
  const response = await ask(settings, `Messages.json?${query.toString()}`, { method: 'GET' });
  const { messages } = list.parse(await response.json());
  const found = messages.find(
    (one) => one.body === body && Date.parse(one.date_created) >= since.getTime() - CLOCKS_MS,
  );
  return found ? { outcome: 'ACCEPTED', answer: 'FOUND', providerRef: found.sid } : null;
}

/** The provider tells whole seconds, of its own clock. */
const CLOCKS_MS = 5_000;

function ask(
  { apiUrl, accountSid, authToken, timeoutMs }: TwilioSettings,
  path: string,
  init: { method: string; body?: URLSearchParams },
): Promise<Response> {
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
  return fetch(`${apiUrl}/2010-04-01/Accounts/${accountSid}/${path}`, {
    ...{ ...init, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) },
    headers: { authorization },
  });
}

function spoken({ body, language }: Outgoing): string {
  return `<Response><Say language="${language === 'es' ? 'es-US' : 'en-US'}" loop="2">${inXml(body)}</Say></Response>`;
}

/** A text as it stands between two tags. */
export function inXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
