import { longWorkTimeouts, pgTimeouts, readConfigOrExit } from '@throughline/runtime';
import pg from 'pg';
import { z } from 'zod';
import { treatmentSettings } from './config.ts';
import { resealNotes } from './work/counseling-note/reseal-notes.ts';

/** `npm run counseling-notes:rotate`: encrypts every counseling note with the first key of COUNSELING_NOTE_KEYS. */
const { COUNSELING_DATABASE_URL, COUNSELING_NOTE_KEYS } = readConfigOrExit(
  z.object({
    COUNSELING_DATABASE_URL: treatmentSettings.shape.COUNSELING_DATABASE_URL,
    COUNSELING_NOTE_KEYS: treatmentSettings.shape.COUNSELING_NOTE_KEYS,
  }),
  process.env,
);
const client = new pg.Client({
  connectionString: COUNSELING_DATABASE_URL,
  application_name: 'counseling-notes:rotate',
  ...pgTimeouts(longWorkTimeouts),
});
await client.connect();
try {
  const onBatch = (done: number) => process.stderr.write(`${String(done)} so far\n`);
  const changed = await resealNotes(client, COUNSELING_NOTE_KEYS, { onBatch });
  const [newest] = COUNSELING_NOTE_KEYS;
  process.stdout.write(`${String(changed)} counseling notes encrypted with the key ${newest?.id ?? ''}\n`);
} finally {
  await client.end();
}
