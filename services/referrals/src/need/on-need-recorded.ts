import { needRecorded } from '@throughline/events';
import { on } from '@throughline/messaging';
import { NeedEntity } from './need.entity.ts';

/** Keeps what a request must know of its need. */
export const onNeedRecorded = on(needRecorded, async (tx, { needId, clientId, caseId, category }) => {
  await tx.upsert(NeedEntity, { id: needId, clientId, caseId, category: category as never }, ['id']);
});
