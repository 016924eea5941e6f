import type { DataSource } from 'typeorm';
import { loaderById, loaderByOwner } from '../batch.ts';
import { GoalEntity, GoalProgressEntity } from './goal.entity.ts';

export function goalLoaders(db: DataSource) {
  return {
    goalById: loaderById(db, GoalEntity),
    goalsByCarePlan: loaderByOwner(db, GoalEntity, 'carePlanId', { addedAt: 'ASC', id: 'ASC' }),
    goalsByNeed: loaderByOwner(db, GoalEntity, 'needId', { addedAt: 'ASC', id: 'ASC' }),
    progressByGoal: loaderByOwner(db, GoalProgressEntity, 'goalId', { observedOn: 'ASC', id: 'ASC' }),
  };
}
