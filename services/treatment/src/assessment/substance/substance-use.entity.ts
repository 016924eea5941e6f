import type { CareReader } from '@throughline/care';
import { loaderById, loaderByOwner } from '@throughline/graphql';
import { EntitySchema, type EntityManager } from 'typeorm';
import type { SubstanceUse } from './substance-use.ts';

export const SubstanceUseEntity = new EntitySchema<SubstanceUse>({
  name: 'SubstanceUseEntry',
  tableName: 'substance_use',
  columns: {
    id: { type: 'uuid', primary: true },
    clientId: { type: 'uuid', name: 'client_id' },
    substance: { type: 'text' },
    named: { type: 'text', nullable: true },
    rank: { type: 'text', nullable: true },
    route: { type: 'text' },
    frequency: { type: 'text' },
    ageFirstUse: { type: 'integer', name: 'age_first_use', nullable: true },
    lastUsedOn: { type: 'date', name: 'last_used_on', nullable: true },
    recordedAt: { type: 'timestamptz', name: 'recorded_at' },
    recordedBy: { type: 'uuid', name: 'recorded_by' },
  },
});

export function substanceUseLoaders(db: EntityManager, care: CareReader) {
  return {
    substanceUseById: loaderById(db, care.rowsWithCare(SubstanceUseEntity)),
    /** The newest first. */
    substanceUseByClient: loaderByOwner(db, SubstanceUseEntity, 'clientId', {
      recordedAt: 'DESC',
      id: 'DESC',
    }),
  };
}
