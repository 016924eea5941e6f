import type { CareReader } from '@throughline/care';
import { loaderById, loaderByOwner } from '@throughline/graphql';
import { EntitySchema, type EntityManager } from 'typeorm';
import type { ReturnToUse } from './return-to-use.ts';

export const ReturnToUseEntity = new EntitySchema<ReturnToUse>({
  name: 'ReturnToUse',
  tableName: 'return_to_use',
  columns: {
    id: { type: 'uuid', primary: true },
    clientId: { type: 'uuid', name: 'client_id' },
    episodeId: { type: 'uuid', name: 'episode_id' },
    on: { type: 'date', name: 'used_on' },
    substance: { type: 'text' },
    severity: { type: 'text' },
    source: { type: 'text' },
    wasOverdose: { type: 'boolean', name: 'was_overdose' },
    safetyActions: { type: 'text', array: true, name: 'safety_actions' },
    planChange: { type: 'text', name: 'plan_change' },
    recordedAt: { type: 'timestamptz', name: 'recorded_at' },
    recordedBy: { type: 'uuid', name: 'recorded_by' },
  },
});

export function returnToUseLoaders(db: EntityManager, care: CareReader) {
  return {
    returnToUseById: loaderById(db, care.rowsWithCare(ReturnToUseEntity)),
    returnsToUseByEpisode: loaderByOwner(db, ReturnToUseEntity, 'episodeId', { on: 'DESC', id: 'DESC' }),
  };
}
