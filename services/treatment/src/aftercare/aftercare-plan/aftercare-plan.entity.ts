import type { CareReader } from '@throughline/care';
import { loaderById, loaderByOwner } from '@throughline/graphql';
import { EntitySchema, type EntityManager } from 'typeorm';
import type { AftercarePlan } from './aftercare-plan.ts';

export const AftercarePlanEntity = new EntitySchema<AftercarePlan>({
  name: 'AftercarePlan',
  tableName: 'aftercare_plan',
  columns: {
    id: { type: 'uuid', primary: true },
    clientId: { type: 'uuid', name: 'client_id' },
    episodeId: { type: 'uuid', name: 'episode_id' },
    status: { type: 'text' },
    leavesOn: { type: 'date', name: 'leaves_on' },
    sections: { type: 'jsonb' },
    openedAt: { type: 'timestamptz', name: 'opened_at' },
    reviewedAt: { type: 'timestamptz', name: 'reviewed_at', nullable: true },
    copyGiven: { type: 'boolean', name: 'copy_given' },
    copyDeclinedReason: { type: 'text', name: 'copy_declined_reason', nullable: true },
    activatedAt: { type: 'timestamptz', name: 'activated_at', nullable: true },
    activatedBy: { type: 'uuid', name: 'activated_by', nullable: true },
    receivers: { type: 'jsonb' },
    clonedFromId: { type: 'uuid', name: 'cloned_from_id', nullable: true },
    version: { type: 'integer' },
  },
});

/** Whether a plan for the time after treatment is in force in the episode. */
export function hasActivePlan(tx: EntityManager, episodeId: string): Promise<boolean> {
  return tx.existsBy(AftercarePlanEntity, { episodeId, status: 'ACTIVE' });
}

export function aftercarePlanLoaders(db: EntityManager, care: CareReader) {
  return {
    aftercarePlanById: loaderById(db, care.rowsWithCare(AftercarePlanEntity)),
    aftercarePlansByEpisode: loaderByOwner(db, AftercarePlanEntity, 'episodeId', {
      openedAt: 'DESC',
      id: 'DESC',
    }),
  };
}
