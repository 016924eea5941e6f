import type { CareReader } from '@throughline/care';
import { loaderById, loaderByOwner } from '@throughline/graphql';
import { EntitySchema, type EntityManager } from 'typeorm';
import type { LostContact, LostContactStep } from './lost-contact.ts';

export const LostContactEntity = new EntitySchema<LostContact>({
  name: 'LostContactDecision',
  tableName: 'lost_contact',
  columns: {
    id: { type: 'uuid', primary: true },
    clientId: { type: 'uuid', name: 'client_id' },
    stayId: { type: 'uuid', name: 'stay_id' },
    status: { type: 'text' },
    openedAt: { type: 'timestamptz', name: 'opened_at' },
    attemptIds: { type: 'uuid', array: true, name: 'attempt_ids' },
    reason: { type: 'text', nullable: true },
    tried: { type: 'jsonb' },
    decidedAt: { type: 'timestamptz', name: 'decided_at', nullable: true },
    decidedBy: { type: 'uuid', name: 'decided_by', nullable: true },
    reviewedAt: { type: 'timestamptz', name: 'reviewed_at', nullable: true },
    reviewedBy: { type: 'uuid', name: 'reviewed_by', nullable: true },
    version: { type: 'integer' },
  },
});

export const LostContactStepEntity = new EntitySchema<LostContactStep>({
  name: 'LostContactStep',
  tableName: 'lost_contact_step',
  columns: {
    id: { type: 'uuid', primary: true },
    decisionId: { type: 'uuid', name: 'decision_id' },
    to: { type: 'text', name: 'to_status' },
    note: { type: 'text', nullable: true },
    by: { type: 'uuid', name: 'done_by' },
    at: { type: 'timestamptz' },
  },
});

export function lostContactLoaders(db: EntityManager, care: CareReader) {
  return {
    lostContactById: loaderById(db, care.rowsWithCare(LostContactEntity)),
    lostContactsByClient: loaderByOwner(db, LostContactEntity, 'clientId', { openedAt: 'DESC', id: 'DESC' }),
    lostContactSteps: loaderByOwner(db, LostContactStepEntity, 'decisionId', { at: 'ASC', id: 'ASC' }),
  };
}
