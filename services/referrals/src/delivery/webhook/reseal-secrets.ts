import type { EntityManager } from 'typeorm';
import { isOutdated, isSealed, open, seal, type SecretKey } from './secret-box.ts';

/**
 * Encrypts every secret with the first key: secrets from before encryption, and secrets of older keys. Answers how many
 * subscriptions changed. A secret that is replaced in the meantime stays as it is.
 */
export function resealSecrets(tx: Pick<EntityManager, 'query'>, keys: readonly SecretKey[]): Promise<number> {
  return reseal(tx, keys, (secret) => isOutdated(keys, secret));
}

/**
 * The same for secrets from before encryption only. A start does this; it leaves older keys alone, because copies that
 * run with the former keys could not read what was sealed with the new one.
 */
export function sealPlainSecrets(
  tx: Pick<EntityManager, 'query'>,
  keys: readonly SecretKey[],
): Promise<number> {
  return reseal(tx, keys, (secret) => !isSealed(secret));
}

async function reseal(
  tx: Pick<EntityManager, 'query'>,
  keys: readonly SecretKey[],
  isWanted: (secret: string) => boolean,
): Promise<number> {
  const rows: { id: string; secrets: string[] }[] = await tx.query(
    'select id, secrets from webhook_subscription',
  );
  const outdated = rows.filter(({ secrets }) => secrets.some(isWanted));
  for (const { id, secrets } of outdated) {
    const sealed = secrets.map((secret) => seal(keys, open(keys, secret, id), id));
    await tx.query('update webhook_subscription set secrets = $3 where id = $1 and secrets = $2', [
      id,
      secrets,
      sealed,
    ]);
  }
  return outdated.length;
}
