import type { CareReader } from '@throughline/care';
import { loaderById, loaderByOwner } from '@throughline/graphql';
import { EntitySchema, type EntityManager } from 'typeorm';
import type { Need } from './need.ts';

export const NeedEntity = new EntitySchema<Need>({
  name: 'Need',
  tableName: 'need',
  columns: {
    id: { type: 'uuid', primary: true },
    clientId: { type: 'uuid', name: 'client_id' },
    caseId: { type: 'uuid', name: 'case_id' },
    category: { type: 'text' },
    source: { type: 'text' },
    status: { type: 'text' },
    identifiedAt: { type: 'timestamptz', name: 'identified_at' },
    priority: { type: 'integer', nullable: true },
    clientRank: { type: 'integer', name: 'client_rank', nullable: true },
    version: { type: 'integer' },
  },
});

export function needLoaders(db: EntityManager, care: CareReader) {
  return {
    needById: loaderById(db, care.rowsWithCare(NeedEntity)),
    needsByCase: loaderByOwner(db, NeedEntity, 'caseId', {
      clientRank: 'ASC',
      identifiedAt: 'ASC',
      id: 'ASC',
    }),
  };
}
