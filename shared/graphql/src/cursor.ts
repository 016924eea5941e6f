import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** A cursor is made with the first key and read with each: so keys change without a stop. */
let keys: readonly Buffer[] = [randomBytes(32)];

/**
 * Sets the secrets that cursors are sealed with, the one in use first. Every copy of a service needs the same ones.
 * Without them a cursor is good for this process only.
 */
export function useCursorSecrets(secrets: readonly string[]): void {
  if (secrets.length > 0)
    keys = secrets.map((secret) => Buffer.from(hkdfSync('sha256', secret, '', 'throughline cursor', 32)));
}

const lengths = { iv: 12, tag: 16 };

/**
 * A position in a list as a text that says nothing, because the columns that order a list can be personal, for example a
 * name. AES-256-GCM; the same position has the same cursor. A cursor of another list cannot be opened.
 */
export function sealCursor(list: string, values: readonly string[]): string {
  const [key = randomBytes(32)] = keys;
  const text = JSON.stringify(values);
  const iv = createHmac('sha256', key)
    .update(list)
    .update('\0')
    .update(text)
    .digest()
    .subarray(0, lengths.iv);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(list));
  const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([sealed, cipher.getAuthTag()]).toString('base64url');
}

/** The position that a cursor of this list stands for; null for every other text. */
export function openCursor(list: string, cursor: string): string[] | null {
  const bytes = Buffer.from(cursor, 'base64url');
  if (bytes.length <= lengths.iv + lengths.tag) return null;
  for (const key of keys) {
    const text = opened(key, list, bytes);
    if (text !== null) return JSON.parse(text) as string[];
  }
  return null;
}

function opened(key: Buffer, list: string, bytes: Buffer): string | null {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, lengths.iv))
      .setAAD(Buffer.from(list))
      .setAuthTag(bytes.subarray(-lengths.tag));
    const sealed = bytes.subarray(lengths.iv, -lengths.tag);
    return Buffer.concat([decipher.update(sealed), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}
