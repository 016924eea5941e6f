import type { CareReader } from '@throughline/care';
import { loaderById } from '@throughline/graphql';
import { EntitySchema, type DataSource } from 'typeorm';
import { pagesByClient } from '../pages-by-client.ts';
import type { Recommendation } from './recommendation.ts';

export const RecommendationEntity = new EntitySchema<Recommendation>({
  name: 'TreatmentRecommendation',
  tableName: 'treatment_recommendation',
  columns: {
    id: { type: 'uuid', primary: true },
    clientId: { type: 'uuid', name: 'client_id' },
    needId: { type: 'uuid', name: 'need_id', nullable: true },
    locAssessmentId: { type: 'uuid', name: 'loc_assessment_id', nullable: true },
    levelOfCare: { type: 'text', name: 'level_of_care', nullable: true },
    asamEdition: { type: 'integer', name: 'asam_edition', nullable: true },
    options: { type: 'jsonb' },
    note: { type: 'text', nullable: true },
    status: { type: 'text' },
    chosenServiceId: { type: 'uuid', name: 'chosen_service_id', nullable: true },
    declined: { type: 'jsonb' },
    decidedAt: { type: 'timestamptz', name: 'decided_at', nullable: true },
    decidedBy: { type: 'uuid', name: 'decided_by', nullable: true },
    recommendedAt: { type: 'timestamptz', name: 'recommended_at' },
    recommendedBy: { type: 'uuid', name: 'recommended_by' },
    version: { type: 'integer' },
  },
});

export function recommendationLoaders(db: DataSource, care: CareReader) {
  return {
    recommendationById: loaderById(db.manager, care.rowsWithCare(RecommendationEntity)),
    recommendationPage: pagesByClient(db, RecommendationEntity, 'recommended_at'),
  };
}
