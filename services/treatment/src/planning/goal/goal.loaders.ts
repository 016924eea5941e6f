import type { CareReader } from '@throughline/care';
import { loaderById, loaderByOwner } from '@throughline/graphql';
import type { DataSource } from 'typeorm';
import { GoalEntity, GoalProgressEntity } from './goal.entity.ts';

export function goalLoaders({ manager }: DataSource, care: CareReader) {
  const goals = care.rowsWithCare(GoalEntity);
  return {
    goalById: loaderById(manager, goals),
    goalsByCarePlan: loaderByOwner(manager, GoalEntity, 'carePlanId', { addedAt: 'ASC', id: 'ASC' }),
    goalsByNeed: loaderByOwner(manager, goals, 'needId', { addedAt: 'ASC', id: 'ASC' }),
    progressByGoal: loaderByOwner(manager, GoalProgressEntity, 'goalId', { observedOn: 'ASC', id: 'ASC' }),
  };
}
