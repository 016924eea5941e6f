import type { EntityManager } from 'typeorm';
import { isOutdated, open, seal, type SecretKey } from './secret-box.ts';

/**
 * Encrypts every secret with the first key: secrets from before encryption, and secrets of older keys. Answers how many
 * subscriptions changed. A secret that is replaced in the meantime stays as it is.
 */
export async function resealSecrets(
  tx: Pick<EntityManager, 'query'>,
  keys: readonly SecretKey[],
): Promise<number> {
  const rows: { id: string; secrets: string[] }[] = await tx.query(
    'select id, secrets from webhook_subscription',
  );
  const outdated = rows.filter(({ secrets }) => secrets.some((secret) => isOutdated(keys, secret)));
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
