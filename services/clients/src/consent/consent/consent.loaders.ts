import { loaderById, loaderByOwner } from '@throughline/graphql';
import type { EntityManager } from 'typeorm';
import { withCare, type CareLoader } from '../../people/client/client.loaders.ts';
import { ConsentEntity } from './consent.entity.ts';

export function consentLoaders(db: EntityManager, care: CareLoader) {
  return {
    consentById: loaderById(db, withCare(ConsentEntity, care)),
    consentsByClient: loaderByOwner(db, ConsentEntity, 'clientId', { recordedAt: 'DESC', id: 'DESC' }),
  };
}
