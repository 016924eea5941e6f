import { loaderById, loaderByOwner } from '@throughline/graphql';
import { EntitySchema, type EntityManager } from 'typeorm';
import { withCare, type CareLoader } from '../../people/client/client.loaders.ts';
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

export function needLoaders(db: EntityManager, care: CareLoader) {
  return {
    needById: loaderById(db, withCare(NeedEntity, care)),
    needsByCase: loaderByOwner(db, NeedEntity, 'caseId', {
      clientRank: 'ASC',
      identifiedAt: 'ASC',
      id: 'ASC',
    }),
  };
}
