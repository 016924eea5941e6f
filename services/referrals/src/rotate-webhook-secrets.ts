import { readConfigOrExit } from '@throughline/runtime';
import { z } from 'zod';
import { referralsConfig } from './config.ts';
import { createDataSource } from './database.ts';
import { resealSecrets } from './delivery/webhook/reseal-secrets.ts';

/** `npm run webhook-secrets:rotate`: encrypts every webhook secret with the first key of WEBHOOK_SECRET_KEYS. */
const { DATABASE_URL, WEBHOOK_SECRET_KEYS } = readConfigOrExit(
  z.object({
    DATABASE_URL: referralsConfig.shape.DATABASE_URL,
    WEBHOOK_SECRET_KEYS: referralsConfig.shape.WEBHOOK_SECRET_KEYS,
  }),
  process.env,
);
const db = await createDataSource(DATABASE_URL, 1).initialize();
try {
  const changed = await resealSecrets(db.manager, WEBHOOK_SECRET_KEYS);
  process.stdout.write(
    `${changed} subscriptions encrypted with the key ${WEBHOOK_SECRET_KEYS[0]?.id ?? ''}\n`,
  );
} finally {
  await db.destroy();
}
