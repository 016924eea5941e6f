import { say } from '../steps.ts';
import { createDataSource } from '@throughline/referrals';
import type { Call } from '../call-services.ts';
import { loadDemonstration } from './load.ts';

/** Loads the demonstration data and shows how far it is. */
export async function tellAndLoad(call: Call, referralsUrl: string): Promise<void> {
  const referralsDb = await createDataSource(referralsUrl, 2).initialize();
  try {
    await loadAndShow({ call, referralsDb });
  } finally {
    await referralsDb.destroy();
  }
}

async function loadAndShow(system: Parameters<typeof loadDemonstration>[0]): Promise<void> {
  const started = performance.now();
  const terminal = process.stderr.isTTY;
  const { loaded, clients, refusals } = await loadDemonstration(system, (done, of) => {
    if (terminal) process.stderr.write(`\r  demonstration data ... ${done} of ${of} people`);
    else if (done % 50 === 0) say(`  demonstration data ... ${done} of ${of} people`);
  });
  if (!loaded) return;
  if (terminal) process.stderr.write('\n');
  say(`  demonstration data done (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  if (refusals.length === 0) return;
  say(`  ${refusals.length} of ${clients} people were not loaded whole; the next start tries again:`);
  for (const refusal of refusals.slice(0, 5)) say(`    ${refusal}`);
}
