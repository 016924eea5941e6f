import { needRecorded } from '@throughline/events';
import { on } from '@throughline/messaging';
import { closeSteps } from './next-step.entity.ts';

/** The need that a screening proposed was recorded. */
export const onProposedNeedRecorded = on(needRecorded, async (tx, { clientId, category }, received) => {
  const { actor } = received.cause;
  await closeSteps(tx, {
    ...{ clientId, what: ['RECORD_NEED'], needCategory: category, status: 'DONE' },
    ...{ by: actor.kind === 'STAFF' ? actor.id : null, now: received.occurredAt },
  });
});
