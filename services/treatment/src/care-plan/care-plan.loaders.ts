import { loaderById, loaderByOwner } from '@throughline/graphql';
import type { DataSource } from 'typeorm';
import { CarePlanEntity } from './care-plan.entity.ts';

export function carePlanLoaders(db: DataSource) {
  return {
    carePlanById: loaderById(db.manager, CarePlanEntity),
    carePlansByClient: loaderByOwner(db.manager, CarePlanEntity, 'clientId', {
      openedAt: 'DESC',
      id: 'DESC',
    }),
    carePlansByCase: loaderByOwner(db.manager, CarePlanEntity, 'caseId', { openedAt: 'DESC', id: 'DESC' }),
  };
}
