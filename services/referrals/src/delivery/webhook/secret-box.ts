import { isSealed, unseal, type SecretKey } from '@throughline/runtime';

export { isOutdated, isSealed, seal, type SecretKey } from '@throughline/runtime';

/** The secret of a row. Rows from before encryption hold the secret itself. */
export function open(keys: readonly SecretKey[], stored: string, owner: string): string {
  return isSealed(stored) ? unseal(keys, stored, { owner, setting: 'WEBHOOK_SECRET_KEYS' }) : stored;
}
