import type { CareReader } from '@throughline/care';
import { loaderById, loaderByOwner } from '@throughline/graphql';
import { EntitySchema, type EntityManager } from 'typeorm';
import type { LocAssessment } from './loc-assessment.ts';

export const LocAssessmentEntity = new EntitySchema<LocAssessment>({
  name: 'LocAssessment',
  tableName: 'loc_assessment',
  columns: {
    id: { type: 'uuid', primary: true },
    clientId: { type: 'uuid', name: 'client_id' },
    edition: { type: 'integer' },
    ratings: { type: 'jsonb' },
    recommended: { type: 'text', nullable: true },
    actual: { type: 'text', nullable: true },
    coOccurringEnhanced: { type: 'boolean', name: 'co_occurring_enhanced' },
    discrepancy: { type: 'text', nullable: true },
    discrepancyNote: { type: 'text', name: 'discrepancy_note', nullable: true },
    assessedOn: { type: 'date', name: 'assessed_on' },
    recordedAt: { type: 'timestamptz', name: 'recorded_at' },
    recordedBy: { type: 'uuid', name: 'recorded_by' },
    signedAt: { type: 'timestamptz', name: 'signed_at', nullable: true },
    signedBy: { type: 'uuid', name: 'signed_by', nullable: true },
    credential: { type: 'text', nullable: true },
    supersedes: { type: 'uuid', nullable: true },
    version: { type: 'integer' },
  },
});

export function locAssessmentLoaders(db: EntityManager, care: CareReader) {
  return {
    locAssessmentById: loaderById(db, care.rowsWithCare(LocAssessmentEntity)),
    /** The newest first. */
    locAssessmentsByClient: loaderByOwner(db, LocAssessmentEntity, 'clientId', {
      ...{ recordedAt: 'DESC', id: 'DESC' },
    }),
  };
}
