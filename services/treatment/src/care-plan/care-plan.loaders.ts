import type { DataSource } from 'typeorm';
import { loaderById, loaderByOwner } from '../batch.ts';
import { CarePlanEntity } from './care-plan.entity.ts';

export function carePlanLoaders(db: DataSource) {
  return {
    carePlanById: loaderById(db, CarePlanEntity),
    carePlansByClient: loaderByOwner(db, CarePlanEntity, 'clientId', { openedAt: 'DESC', id: 'DESC' }),
    carePlansByCase: loaderByOwner(db, CarePlanEntity, 'caseId', { openedAt: 'DESC', id: 'DESC' }),
  };
}
