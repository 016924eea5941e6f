import type { CareReader } from '@throughline/care';
import { loaderById, loaderByOwner } from '@throughline/graphql';
import { EntitySchema, type DataSource } from 'typeorm';
import type { CarePlan } from './care-plan.ts';

export const CarePlanEntity = new EntitySchema<CarePlan>({
  name: 'CarePlan',
  tableName: 'care_plan',
  columns: {
    id: { type: 'uuid', primary: true },
    clientId: { type: 'uuid', name: 'client_id' },
    caseId: { type: 'uuid', name: 'case_id' },
    status: { type: 'text' },
    openedAt: { type: 'timestamptz', name: 'opened_at' },
    activatedAt: { type: 'timestamptz', name: 'activated_at', nullable: true },
    reviewOn: { type: 'date', name: 'review_on', nullable: true },
    clientAgreed: { type: 'boolean', name: 'client_agreed', nullable: true },
    declineReason: { type: 'text', name: 'decline_reason', nullable: true },
    version: { type: 'integer' },
  },
});

const latestFirst = { openedAt: 'DESC', id: 'DESC' } as const;

export function carePlanLoaders({ manager }: DataSource, care: CareReader) {
  const carePlans = care.rowsWithCare(CarePlanEntity);
  return {
    carePlanById: loaderById(manager, carePlans),
    carePlansByClient: loaderByOwner(manager, CarePlanEntity, 'clientId', latestFirst),
    carePlansByCase: loaderByOwner(manager, carePlans, 'caseId', latestFirst),
  };
}
