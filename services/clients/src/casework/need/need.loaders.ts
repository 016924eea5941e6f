import { loaderById, loaderByOwner } from '@throughline/graphql';
import type { EntityManager } from 'typeorm';
import { withCare, type CareLoader } from '../../people/client/client.loaders.ts';
import { NeedEntity } from './need.entity.ts';

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
