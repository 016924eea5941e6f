import type { CareReader } from '@throughline/care';
import { loaderById } from '@throughline/graphql';
import type { EntityManager } from 'typeorm';
import { ClientEntity } from './client.entity.ts';

export function clientLoaders(db: EntityManager, care: CareReader) {
  return { clientById: loaderById(db, care.rowsWithCare(ClientEntity, 'r.id')) };
}
