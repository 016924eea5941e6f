import { needRecorded, needStatusChanged } from '@throughline/events';
import { defineProjection, on } from '@throughline/messaging';
import { NeedEntity } from './need.entity.ts';

/** A goal may only serve a need of its own client, so this service stores the client of each need. */
const onNeedRecorded = on(needRecorded, async (tx, { needId, clientId, category }, { occurredAt }) => {
  const row = { id: needId, clientId, category, status: 'OPEN', recordedAt: occurredAt };
  await tx.upsert(NeedEntity, row, ['id']);
});

/** A fact of before names no status; such a need counts as open. */
const onNeedStatusChanged = on(needStatusChanged, async (tx, { needId, status }) => {
  if (status) await tx.update(NeedEntity, { id: needId }, { status });
});

export const needProjection = defineProjection({
  concern: 'work',
  name: 'needs',
  tables: ['need'],
  reactions: [onNeedRecorded, onNeedStatusChanged],
});
