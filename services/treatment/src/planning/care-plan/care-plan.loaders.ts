import type { CareReader } from '@throughline/care';
import { loaderById, loaderByOwner } from '@throughline/graphql';
import type { DataSource } from 'typeorm';
import { CarePlanEntity } from './care-plan.entity.ts';

const latestFirst = { openedAt: 'DESC', id: 'DESC' } as const;

export function carePlanLoaders({ manager }: DataSource, care: CareReader) {
  const carePlans = care.rowsWithCare(CarePlanEntity);
  return {
    carePlanById: loaderById(manager, carePlans),
    carePlansByClient: loaderByOwner(manager, CarePlanEntity, 'clientId', latestFirst),
    carePlansByCase: loaderByOwner(manager, carePlans, 'caseId', latestFirst),
  };
}
