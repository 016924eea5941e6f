import type { CareReader } from '@throughline/care';
import { loaderById, loaderByOwner } from '@throughline/graphql';
import { EntitySchema, type DataSource } from 'typeorm';
import type { CarePlan, PlanReview } from './care-plan.ts';
import type { PlanVersion } from './plan-version.ts';

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
    reviewCause: { type: 'text', name: 'review_cause' },
    clientAgreed: { type: 'boolean', name: 'client_agreed', nullable: true },
    declineReason: { type: 'text', name: 'decline_reason', nullable: true },
    closedAt: { type: 'timestamptz', name: 'closed_at', nullable: true },
    closingNote: { type: 'text', name: 'closing_note', nullable: true },
    supersedesId: { type: 'uuid', name: 'supersedes_id', nullable: true },
    version: { type: 'integer' },
  },
});

export const PlanVersionEntity = new EntitySchema<PlanVersion>({
  name: 'CarePlanVersion',
  tableName: 'care_plan_version',
  columns: {
    id: { type: 'uuid', primary: true },
    carePlanId: { type: 'uuid', name: 'care_plan_id' },
    clientId: { type: 'uuid', name: 'client_id' },
    number: { type: 'integer' },
    contentHash: { type: 'text', name: 'content_hash' },
    content: { type: 'jsonb' },
    effectiveFrom: { type: 'date', name: 'effective_from' },
    clientAgreed: { type: 'boolean', name: 'client_agreed' },
    declineReason: { type: 'text', name: 'decline_reason', nullable: true },
    recordedAt: { type: 'timestamptz', name: 'recorded_at' },
    recordedBy: { type: 'uuid', name: 'recorded_by' },
  },
});

export const PlanReviewEntity = new EntitySchema<PlanReview>({
  name: 'CarePlanReview',
  tableName: 'care_plan_review',
  columns: {
    id: { type: 'uuid', primary: true },
    carePlanId: { type: 'uuid', name: 'care_plan_id' },
    cause: { type: 'text' },
    dueOn: { type: 'date', name: 'due_on' },
    summary: { type: 'text' },
    reviewedAt: { type: 'timestamptz', name: 'reviewed_at' },
    reviewedBy: { type: 'uuid', name: 'reviewed_by' },
  },
});

const latestFirst = { openedAt: 'DESC', id: 'DESC' } as const;

export function carePlanLoaders({ manager }: DataSource, care: CareReader) {
  const carePlans = care.rowsWithCare(CarePlanEntity);
  return {
    carePlanById: loaderById(manager, carePlans),
    carePlansByClient: loaderByOwner(manager, CarePlanEntity, 'clientId', latestFirst),
    carePlansByCase: loaderByOwner(manager, carePlans, 'caseId', latestFirst),
    planVersions: loaderByOwner(manager, PlanVersionEntity, 'carePlanId', { number: 'ASC' }),
    planReviews: loaderByOwner(manager, PlanReviewEntity, 'carePlanId', { reviewedAt: 'DESC', id: 'DESC' }),
  };
}
