import { startMessaging } from '@throughline/messaging';
import { createLogger } from '@throughline/runtime';
import { followUpJobs } from '../../../../../services/treatment/src/aftercare/follow-up/keep-up.ts';
import { onEvidence } from '../../../../../services/treatment/src/aftercare/follow-up/on-evidence.ts';
import { createDataSource } from '../../../../../services/treatment/src/database.ts';
import type { Order, Part, Tally } from '../part.ts';
import { transportOf } from '../transport-of.ts';
import { rememberTimers } from '../wrong/timers-in-memory.ts';
import { Discharges } from './discharges.ts';

/** Shorter than the usual minute, so that a run sees what a killed process had taken. */
const LOST_AFTER_SECONDS = 3;

/** One process of the treatment service, as far as it keeps what must follow a discharge. It ends with the run. */
const part = JSON.parse(process.argv[2] ?? '') as Part;
const logger = createLogger({ service: part.role, level: 'warn' });
const desk = { now: () => new Date(), timeZone: 'America/New_York' };
const isWrong = part.wrong === 'timers-in-memory';

process.on('disconnect', () => process.exit(0));

const dataSource = await createDataSource(part.treatmentUrl).initialize();
const discharges = new Discharges(dataSource, desk, {
  committed: isWrong ? rememberTimers(dataSource, desk) : () => undefined,
  told: (sent) => process.connected && process.send?.({ sent, suppressed: 0 } satisfies Tally),
});
// There is one order only.
process.on('message', (_order: Order) => {
  discharges.stop();
});
await startMessaging({
  service: 'treatment',
  dataSource,
  databaseUrl: part.treatmentUrl,
  // The other services of the run are in groups of the same name.
  transport: transportOf(part, `${part.topicPrefix}aftercare.`, logger),
  reactions: { work: onEvidence(desk) },
  jobs: isWrong ? {} : { timers: followUpJobs(desk) },
  lostAfterSeconds: LOST_AFTER_SECONDS,
  logger,
});
if (part.rate > 0) discharges.start();
