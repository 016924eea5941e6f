import { loaderById, loaderByOwner } from '@throughline/graphql';
import type { EntityManager } from 'typeorm';
import { NeedEntity } from './need.entity.ts';

export function needLoaders(db: EntityManager) {
  return {
    needById: loaderById(db, NeedEntity),
    needsByCase: loaderByOwner(db, NeedEntity, 'caseId', {
      clientRank: 'ASC',
      identifiedAt: 'ASC',
      id: 'ASC',
    }),
  };
}
