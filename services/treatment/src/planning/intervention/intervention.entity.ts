import { loaderByOwner } from '@throughline/graphql';
import { EntitySchema, type EntityManager } from 'typeorm';
import type { Intervention } from './intervention.ts';

export const InterventionEntity = new EntitySchema<Intervention>({
  name: 'Intervention',
  tableName: 'intervention',
  columns: {
    id: { type: 'uuid', primary: true },
    goalId: { type: 'uuid', name: 'goal_id' },
    clientId: { type: 'uuid', name: 'client_id' },
    type: { type: 'text' },
    what: { type: 'text' },
    ownerId: { type: 'uuid', name: 'owner_id' },
    rhythm: { type: 'text' },
    status: { type: 'text' },
    doneCount: { type: 'integer', name: 'done_count' },
    lastDoneOn: { type: 'date', name: 'last_done_on', nullable: true },
    addedAt: { type: 'timestamptz', name: 'added_at' },
    closedAt: { type: 'timestamptz', name: 'closed_at', nullable: true },
    version: { type: 'integer' },
  },
});

export function interventionLoaders(db: EntityManager) {
  return {
    interventionsByGoal: loaderByOwner(db, InterventionEntity, 'goalId', { addedAt: 'ASC', id: 'ASC' }),
  };
}
