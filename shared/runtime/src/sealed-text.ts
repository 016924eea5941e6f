import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { inProduction } from './production.ts';

/** A key that encrypts texts of a database, and the name that stands with each text it has encrypted. */
export interface SecretKey {
  id: string;
  key: Buffer;
}

const cipher = 'aes-256-gcm';
const prefix = 'sealed';
const bytes = { nonce: 12, tag: 16 };

/**
 * Encrypts with the first key (AES-256-GCM). The text opens for the same owner only: it cannot be copied into another
 * row.
 */
export function seal([newest]: readonly SecretKey[], text: string, owner: string): string {
  if (!newest) throw new Error('there is no key for secrets');
  return `${prefix}:${newest.id}:${encrypt(newest.key, Buffer.from(text), owner).toString('base64url')}`;
}

interface Opening {
  owner: string;
  /** The setting that holds the keys; named when one of them is missing. */
  setting: string;
}

/** The text that was sealed for this owner. */
export function unseal(keys: readonly SecretKey[], stored: string, { owner, setting }: Opening): string {
  const [, id = '', body = ''] = stored.split(':');
  return decrypt(keyOf(keys, id, setting), Buffer.from(body, 'base64url'), owner).toString('utf8');
}

/** As `seal`, for content that is no text: the name of the key, a zero byte, and what is encrypted. */
export function sealBytes([newest]: readonly SecretKey[], content: Buffer, owner: string): Buffer {
  if (!newest) throw new Error('there is no key for secrets');
  return Buffer.concat([Buffer.from(`${newest.id}\0`), encrypt(newest.key, content, owner)]);
}

/** The content that was sealed for this owner. */
export function openBytes(keys: readonly SecretKey[], stored: Buffer, { owner, setting }: Opening): Buffer {
  const end = stored.indexOf(0);
  const key = keyOf(keys, stored.subarray(0, end).toString(), setting);
  return decrypt(key, stored.subarray(end + 1), owner);
}

function keyOf(keys: readonly SecretKey[], id: string, setting: string): Buffer {
  const known = keys.find((key) => key.id === id);
  if (!known) throw new Error(`the key ${id} of a sealed text is not in ${setting}`);
  return known.key;
}

function encrypt(key: Buffer, content: Buffer, owner: string): Buffer {
  const nonce = randomBytes(bytes.nonce);
  const sealing = createCipheriv(cipher, key, nonce).setAAD(Buffer.from(owner));
  const sealed = Buffer.concat([sealing.update(content), sealing.final()]);
  return Buffer.concat([nonce, sealing.getAuthTag(), sealed]);
}

function decrypt(key: Buffer, all: Buffer, owner: string): Buffer {
  const nonce = all.subarray(0, bytes.nonce);
  const opening = createDecipheriv(cipher, key, nonce).setAAD(Buffer.from(owner));
  opening.setAuthTag(all.subarray(bytes.nonce, bytes.nonce + bytes.tag));
  return Buffer.concat([opening.update(all.subarray(bytes.nonce + bytes.tag)), opening.final()]);
}

/** Whether a stored text is encrypted, with any key. */
export function isSealed(stored: string): boolean {
  return stored.startsWith(`${prefix}:`);
}

/** Encrypted with another key than the first one, or not at all. */
export function isOutdated([newest]: readonly SecretKey[], stored: string): boolean {
  return !stored.startsWith(`${prefix}:${newest?.id ?? ''}:`);
}

/** Published, so that a fresh clone runs and finds its secrets again; refused in production. */
const developmentKey = `development:${Buffer.from('only for development, never for use').subarray(0, 32).toString('base64')}`;

const keys = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  )
  .pipe(
    z
      .array(
        z
          .string()
          .regex(/^[\w-]{1,40}:[A-Za-z0-9+/]{43}=$/, 'is not name:base64 of 32 bytes')
          .transform((text) => {
            const [id = '', key = ''] = text.split(':');
            return { id, key: Buffer.from(key, 'base64') };
          }),
      )
      .min(1),
  );

/** A setting with keys that encrypt texts: name:base64 of 32 bytes, by comma. The first encrypts, the others open. */
export const secretKeys = inProduction(keys.default(keys.parse(developmentKey)), (given) =>
  given.some(({ id }) => id === 'development')
    ? 'is required with NODE_ENV=production: npm run -s secrets prints a key'
    : null,
);
