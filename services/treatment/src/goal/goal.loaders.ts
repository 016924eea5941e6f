import { loaderById, loaderByOwner } from '@throughline/graphql';
import type { DataSource } from 'typeorm';
import { GoalEntity, GoalProgressEntity } from './goal.entity.ts';

export function goalLoaders(db: DataSource) {
  return {
    goalById: loaderById(db.manager, GoalEntity),
    goalsByCarePlan: loaderByOwner(db.manager, GoalEntity, 'carePlanId', { addedAt: 'ASC', id: 'ASC' }),
    goalsByNeed: loaderByOwner(db.manager, GoalEntity, 'needId', { addedAt: 'ASC', id: 'ASC' }),
    progressByGoal: loaderByOwner(db.manager, GoalProgressEntity, 'goalId', { observedOn: 'ASC', id: 'ASC' }),
  };
}
