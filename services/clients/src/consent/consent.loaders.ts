import { loaderById, loaderByOwner } from '@throughline/graphql';
import type { EntityManager } from 'typeorm';
import { ConsentEntity } from './consent.entity.ts';

export function consentLoaders(db: EntityManager) {
  return {
    consentById: loaderById(db, ConsentEntity),
    consentsByClient: loaderByOwner(db, ConsentEntity, 'clientId', { recordedAt: 'DESC', id: 'DESC' }),
  };
}
