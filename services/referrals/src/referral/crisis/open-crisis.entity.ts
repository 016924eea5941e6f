import { crisisOpened, crisisResolved } from '@throughline/events';
import { defineProjection, on } from '@throughline/messaging';
import { EntitySchema } from 'typeorm';
import type { OpenCrisis } from './crisis-instead.ts';

export const OpenCrisisEntity = new EntitySchema<OpenCrisis>({
  name: 'OpenCrisis',
  tableName: 'open_crisis',
  columns: {
    id: { type: 'uuid', primary: true },
    clientId: { type: 'uuid', name: 'client_id' },
    level: { type: 'integer' },
  },
});

/** Copy of the crises that are open. */
export const crisisProjection = defineProjection({
  name: 'crises',
  tables: ['open_crisis'],
  concern: 'work',
  reactions: [
    on(crisisOpened, async (tx, { alertId: id, clientId, level }) => {
      await tx.upsert(OpenCrisisEntity, { id, clientId, level }, ['id']);
    }),
    on(crisisResolved, async (tx, { alertId: id }) => {
      await tx.delete(OpenCrisisEntity, { id });
    }),
  ],
});
