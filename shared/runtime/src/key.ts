import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import { z } from 'zod';

/** Signs. `id` is the id of the public key that belongs to it. */
export interface SigningKey {
  id: string;
  privatePem: string;
}

/** Checks what the signing key with the same id has signed. */
export interface PublicKey {
  id: string;
  publicPem: string;
}

/** As settings hold them: base64 of PKCS #8 (private) and SPKI (public), the body of a PEM file in one line. */
export interface KeyPair {
  privateKey: string;
  publicKey: string;
}

const CURVE = 'prime256v1';

/** A new key pair for ES256: ECDSA on P-256. Source: https://www.rfc-editor.org/rfc/rfc7518#section-3.4 */
export function newKeyPair(): KeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: CURVE });
  return {
    privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
  };
}

/** Reads the private key of a setting. Throws when the text is anything else. */
export function signingKeyOf(text: string): SigningKey {
  const key = onCurve(createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' }));
  return { id: idOf(createPublicKey(key)), privatePem: pemOf(key, 'pkcs8') };
}

/** Reads the public keys of a setting, separated by commas. Throws when one of them is anything else. */
export function publicKeysOf(text: string): PublicKey[] {
  const parts = text.split(',').map((part) => part.trim());
  return parts.map((part) => {
    const key = onCurve(createPublicKey({ key: Buffer.from(part, 'base64'), format: 'der', type: 'spki' }));
    return { id: idOf(key), publicPem: pemOf(key, 'spki') };
  });
}

/** A setting with one private key. */
export const signingKey = z
  .string()
  .transform(orFault(signingKeyOf, 'must be a private key as `npm run secrets` prints it'));

/** A setting with one or several public keys; several while keys change. */
export const publicKeys = z
  .string()
  .transform(
    orFault(publicKeysOf, 'must be public keys as `npm run secrets` prints them, separated by commas'),
  );

function orFault<Read>(read: (text: string) => Read, message: string) {
  return (text: string, context: z.RefinementCtx): Read => {
    try {
      return read(text);
    } catch {
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    }
  };
}

function onCurve(key: KeyObject): KeyObject {
  if (key.asymmetricKeyDetails?.namedCurve !== CURVE) throw new Error('The key is not on the curve P-256.');
  return key;
}

function pemOf(key: KeyObject, type: 'pkcs8' | 'spki'): string {
  return String(key.export({ format: 'pem', type }));
}

/** Derived from the key, so that nobody has to assign ids. */
function idOf(publicKey: KeyObject): string {
  const der = publicKey.export({ format: 'der', type: 'spki' });
  return createHash('sha256').update(der).digest('base64url').slice(0, 16);
}
