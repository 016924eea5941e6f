import { loaderByOwner } from '@throughline/graphql';
import { EntitySchema, type EntityManager } from 'typeorm';
import type { ScreeningDecision } from './screening.ts';

export const ScreeningDecisionEntity = new EntitySchema<ScreeningDecision>({
  name: 'ScreeningDecision',
  tableName: 'screening_decision',
  columns: {
    id: { type: 'uuid', primary: true },
    caseId: { type: 'uuid', name: 'case_id' },
    clientId: { type: 'uuid', name: 'client_id' },
    decision: { type: 'text' },
    reason: { type: 'text', nullable: true },
    note: { type: 'text', nullable: true },
    alternative: { type: 'text', nullable: true },
    reviewOn: { type: 'date', name: 'review_on', nullable: true },
    decidedAt: { type: 'timestamptz', name: 'decided_at' },
    decidedBy: { type: 'uuid', name: 'decided_by' },
  },
});

export function screeningLoaders(db: EntityManager) {
  return {
    decisionsByCase: loaderByOwner(db, ScreeningDecisionEntity, 'caseId', { decidedAt: 'DESC', id: 'DESC' }),
  };
}
