import { loaderByOwner } from '@throughline/graphql';
import { EntitySchema, type EntityManager } from 'typeorm';
import type { Milestone } from './milestone.ts';

export const MilestoneEntity = new EntitySchema<Milestone>({
  name: 'Milestone',
  tableName: 'milestone',
  columns: {
    id: { type: 'uuid', primary: true },
    goalId: { type: 'uuid', name: 'goal_id' },
    clientId: { type: 'uuid', name: 'client_id' },
    title: { type: 'text' },
    dueOn: { type: 'date', name: 'due_on', nullable: true },
    achievedOn: { type: 'date', name: 'achieved_on', nullable: true },
    evidence: { type: 'text', nullable: true },
    addedAt: { type: 'timestamptz', name: 'added_at' },
    version: { type: 'integer' },
  },
});

export function milestoneLoaders(db: EntityManager) {
  return { milestonesByGoal: loaderByOwner(db, MilestoneEntity, 'goalId', { addedAt: 'ASC', id: 'ASC' }) };
}
