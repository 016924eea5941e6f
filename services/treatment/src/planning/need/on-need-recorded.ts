import { needRecorded } from '@throughline/events';
import { defineProjection, on } from '@throughline/messaging';
import { NeedEntity } from './need.entity.ts';

/** A goal may only serve a need of its own client, so this service stores the client of each need. */
const onNeedRecorded = on(needRecorded, async (tx, { needId, clientId }) => {
  await tx.upsert(NeedEntity, { id: needId, clientId }, ['id']);
});

export const needProjection = defineProjection({
  concern: 'work',
  name: 'needs',
  tables: ['need'],
  reactions: [onNeedRecorded],
});
