import { loaderByOwner } from '@throughline/graphql';
import { EntitySchema, type EntityManager } from 'typeorm';

export interface DuplicateRuling {
  clientId: string;
  otherId: string;
  score: number;
  ruledBy: string;
  ruledAt: Date;
}

export const DuplicateRulingEntity = new EntitySchema<DuplicateRuling>({
  name: 'DuplicateRuling',
  tableName: 'duplicate_ruling',
  columns: {
    clientId: { type: 'uuid', primary: true, name: 'client_id' },
    otherId: { type: 'uuid', primary: true, name: 'other_id' },
    score: { type: 'integer' },
    ruledBy: { type: 'uuid', name: 'ruled_by' },
    ruledAt: { type: 'timestamptz', name: 'ruled_at' },
  },
});

export function duplicateLoaders(db: EntityManager) {
  return {
    rulingsByClient: loaderByOwner(db, DuplicateRulingEntity, 'clientId', { score: 'DESC', otherId: 'ASC' }),
  };
}
