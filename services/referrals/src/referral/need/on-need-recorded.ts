import { needRecorded } from '@throughline/events';
import { defineProjection, on } from '@throughline/messaging';
import { NeedEntity } from './need.entity.ts';

/** Stores the part of a need that a request needs. */
const onNeedRecorded = on(needRecorded, async (tx, { needId, clientId, caseId, category }) => {
  await tx.upsert(NeedEntity, { id: needId, clientId, caseId, category: category as never }, ['id']);
});

export const needProjection = defineProjection({
  concern: 'work',
  name: 'needs',
  tables: ['need'],
  reactions: [onNeedRecorded],
});
