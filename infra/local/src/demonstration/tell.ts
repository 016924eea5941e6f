import * as clients from '@throughline/clients';
import { say } from '../steps.ts';
import { createDataSource } from '@throughline/referrals';
import * as treatment from '@throughline/treatment';
import type { CallWithFiles } from '../call-services.ts';
import { loadDemonstration, type Loaded, type Waiting } from './load.ts';

/** PostgreSQL addresses of the app roles. */
interface Urls {
  clients: string;
  referrals: string;
  treatment: string;
}

/** Loads the demonstration data and shows how far it is. */
export async function tellAndLoad(
  call: CallWithFiles,
  urls: Urls,
  waiting: Omit<Waiting, 'progress'> = {},
): Promise<void> {
  const referralsDb = await createDataSource(urls.referrals, 2).initialize();
  const clientsDb = await clients.createDataSource(urls.clients, 2).initialize();
  const treatmentDb = await treatment.createDataSource(urls.treatment, 2).initialize();
  try {
    await loadAndShow({ call, clientsDb, referralsDb, treatmentDb }, waiting);
  } finally {
    await treatmentDb.destroy();
    await clientsDb.destroy();
    await referralsDb.destroy();
  }
}

async function loadAndShow(system: Loaded, waiting: Omit<Waiting, 'progress'>): Promise<void> {
  const started = performance.now();
  const terminal = process.stderr.isTTY;
  const progress = (done: number, of: number): void => {
    if (terminal) process.stderr.write(`\r  demonstration data ... ${done} of ${of} people`);
    else if (done % 50 === 0) say(`  demonstration data ... ${done} of ${of} people`);
  };
  const { loaded, clients: count, refusals } = await loadDemonstration(system, { ...waiting, progress });
  if (!loaded || waiting.signal?.aborted) return;
  if (terminal) process.stderr.write('\n');
  say(`  demonstration data done (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  if (refusals.length === 0) return;
  say(`  ${refusals.length} of ${count} people were not loaded whole; the next start tries again:`);
  for (const refusal of refusals.slice(0, 5)) say(`    ${refusal}`);
}
