import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** A key that encrypts secrets, and the name that stands with each text it has encrypted. */
export interface SecretKey {
  id: string;
  key: Buffer;
}

const cipher = 'aes-256-gcm';
const prefix = 'sealed';
const bytes = { nonce: 12, tag: 16 };

/** Encrypts with the first key. The text opens for the same owner only: it cannot be copied into another row. */
export function seal([newest]: readonly SecretKey[], text: string, owner: string): string {
  if (!newest) throw new Error('there is no key for secrets');
  const nonce = randomBytes(bytes.nonce);
  const sealing = createCipheriv(cipher, newest.key, nonce).setAAD(Buffer.from(owner));
  const sealed = Buffer.concat([sealing.update(text, 'utf8'), sealing.final()]);
  const body = Buffer.concat([nonce, sealing.getAuthTag(), sealed]).toString('base64url');
  return `${prefix}:${newest.id}:${body}`;
}

/** The secret of a row. Rows from before encryption hold the secret itself. */
export function open(keys: readonly SecretKey[], stored: string, owner: string): string {
  if (!isSealed(stored)) return stored;
  const [, id, body = ''] = stored.split(':');
  const known = keys.find((key) => key.id === id);
  if (!known) throw new Error(`the key ${id ?? ''} of a webhook secret is not in WEBHOOK_SECRET_KEYS`);
  const all = Buffer.from(body, 'base64url');
  const opening = createDecipheriv(cipher, known.key, all.subarray(0, bytes.nonce)).setAAD(
    Buffer.from(owner),
  );
  opening.setAuthTag(all.subarray(bytes.nonce, bytes.nonce + bytes.tag));
  return Buffer.concat([opening.update(all.subarray(bytes.nonce + bytes.tag)), opening.final()]).toString(
    'utf8',
  );
}

/** Whether a stored text is encrypted, with any key. */
export function isSealed(stored: string): boolean {
  return stored.startsWith(`${prefix}:`);
}

/** Encrypted with another key than the first one, or not at all. */
export function isOutdated([newest]: readonly SecretKey[], stored: string): boolean {
  return !stored.startsWith(`${prefix}:${newest?.id ?? ''}:`);
}
