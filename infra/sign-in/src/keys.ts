import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import { z } from 'zod';
import { SIGNING_ALGORITHM } from './access-token.ts';

const keysSchema = z.object({
  jwks: z.object({
    keys: z
      .array(
        z.object({
          kty: z.literal('EC'),
          crv: z.string(),
          x: z.string(),
          y: z.string(),
          d: z.string(),
          kid: z.string(),
          alg: z.literal(SIGNING_ALGORITHM),
          use: z.literal('sig'),
        }),
      )
      .min(1),
  }),
  cookieKeys: z.array(z.string().min(32)).min(1),
});

export type SignInKeys = z.output<typeof keysSchema>;

/** With a folder, the same keys at every start, so that tokens survive a restart; without one, new keys. */
export async function loadKeys(dataDir: string | undefined): Promise<SignInKeys> {
  if (dataDir === undefined) return newKeys();

  const file = join(dataDir, 'sign-in-keys.json');
  const text = await readFile(file, 'utf8').catch(nullWhenMissing);
  if (text !== null) return parseKeys(file, text);

  const keys = await newKeys();
  await mkdir(dataDir, { recursive: true });
  // A whole file appears at once, so that a start cut short never leaves half a key behind.
  const draft = `${file}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, JSON.stringify(keys), { mode: 0o600 });
  await rename(draft, file);
  return keys;
}

async function newKeys(): Promise<SignInKeys> {
  const { privateKey } = await generateKeyPair(SIGNING_ALGORITHM, { extractable: true });
  const jwk = await exportJWK(privateKey);
  const kid = randomBytes(8).toString('hex');
  const cookieKey = randomBytes(32).toString('hex');
  return keysSchema.parse({
    jwks: { keys: [{ ...jwk, kid, alg: SIGNING_ALGORITHM, use: 'sig' }] },
    cookieKeys: [cookieKey],
  });
}

function parseKeys(file: string, text: string): SignInKeys {
  try {
    return keysSchema.parse(JSON.parse(text));
  } catch {
    throw new Error(`The sign-in keys in ${file} cannot be read: delete the file and start again.`);
  }
}

function nullWhenMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
