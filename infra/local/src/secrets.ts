import { randomBytes } from 'node:crypto';
import { newKeyPair } from '@throughline/runtime';

/** The pairs of keys: the setting of the program that signs, and of the programs that check. */
const pairs = {
  viewer: { privateKey: 'VIEWER_PRIVATE_KEY', publicKey: 'VIEWER_PUBLIC_KEYS' },
  'release-basis': { privateKey: 'RELEASE_BASIS_PRIVATE_KEY', publicKey: 'RELEASE_BASIS_PUBLIC_KEYS' },
} as const;

type PairName = keyof typeof pairs;

export const pairNames = Object.keys(pairs) as PairName[];

export function isPairName(name: string): name is PairName {
  return Object.hasOwn(pairs, name);
}

/** A new pair of keys, as the two settings that hold it. */
export function newPair(name: PairName): Record<string, string> {
  const { privateKey, publicKey } = newKeyPair();
  return { [pairs[name].privateKey]: privateKey, [pairs[name].publicKey]: publicKey };
}

/** Every secret that .env.example leaves empty, new and of its own. */
export function newSecrets(): Record<string, string> {
  return {
    POSTGRES_PASSWORD: password(),
    POSTGRES_OWNER_PASSWORD: password(),
    POSTGRES_APP_PASSWORD: password(),
    POSTGRES_COUNSELING_PASSWORD: password(),
    CURSOR_SECRETS: password(),
    ...newPair('viewer'),
    ...newPair('release-basis'),
    WEBHOOK_SECRET_KEYS: secretKey(),
    COUNSELING_NOTE_KEYS: secretKey(),
    DOCUMENT_KEYS: secretKey(),
  };
}

/** 192 bits, in letters that need no escape in an address. */
function password(): string {
  return randomBytes(24).toString('base64url');
}

/** A key for texts in a database, with its name. */
function secretKey(): string {
  return `first:${randomBytes(32).toString('base64')}`;
}

/** As an .env file holds them. */
export function linesOf(settings: Readonly<Record<string, string>>): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}
