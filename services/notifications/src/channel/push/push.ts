import type { Decision } from '@throughline/command/decision';
import { uuidV7 } from '@throughline/events';
import { invalidInput, type InputIssue } from '@throughline/graphql/problems';

/** A browser of a device that takes push messages. */
export interface PushSubscription {
  id: string;
  staffId: string;
  /** Address at the push service of the browser. */
  endpoint: string;
  /** Keys of the browser: only it can read a message. */
  p256dh: string;
  auth: string;
  language: 'en' | 'es';
  createdAt: Date;
}

export type PushDraft = Pick<PushSubscription, 'endpoint' | 'p256dh' | 'auth' | 'language'>;

const MOST_DEVICES = 10;
/** Push services of the browsers. Messages go to no other machine: the address comes from outside. */
const pushServices = [
  /^fcm\.googleapis\.com$/,
  /^updates\.push\.services\.mozilla\.com$/,
  /^[\w.-]+\.push\.services\.mozilla\.com$/,
  /^web\.push\.apple\.com$/,
  /^[\w.-]+\.notify\.windows\.com$/,
];

/** Faults that a subscription has by itself. `allowedHosts` are for development. */
export function pushFaults(
  { endpoint, p256dh, auth }: PushDraft,
  allowedHosts: readonly string[],
): InputIssue[] {
  const faults: InputIssue[] = [];
  const fault = (path: string, code: string, message: string) => faults.push({ path, code, message });
  if (!isPushService(endpoint, allowedHosts))
    fault('endpoint', 'NOT_A_PUSH_SERVICE', 'This is no address of a push service of a browser.');
  if (bytesOf(p256dh)?.length !== 65) fault('p256dh', 'NOT_A_KEY', 'This is no public key of a browser.');
  if (bytesOf(auth)?.length !== 16) fault('auth', 'NOT_A_KEY', 'This is no secret of a browser.');
  return faults;
}

function isPushService(endpoint: string, allowedHosts: readonly string[]): boolean {
  if (!URL.canParse(endpoint)) return false;
  const { protocol, hostname, port, username } = new URL(endpoint);
  if (allowedHosts.includes(hostname)) return true;
  return (
    protocol === 'https:' &&
    port === '' &&
    username === '' &&
    pushServices.some((host) => host.test(hostname))
  );
}

function bytesOf(text: string): Buffer | null {
  return /^[\w-]{1,200}={0,2}$/.test(text) ? Buffer.from(text, 'base64url') : null;
}

/** Adds a device of a member of staff. The draft has no faults. */
export function subscribe(
  draft: PushDraft,
  devices: number,
  by: { id: string; now: Date },
): Decision<PushSubscription, never> {
  if (devices >= MOST_DEVICES)
    return invalidInput([
      {
        path: 'endpoint',
        code: 'TOO_MANY',
        message: `At most ${String(MOST_DEVICES)} devices: remove one first.`,
      },
    ]);
  const { endpoint, p256dh, auth, language } = draft;
  return {
    insert: { id: uuidV7(by.now), staffId: by.id, endpoint, p256dh, auth, language, createdAt: by.now },
  };
}
