import type { DataSource } from 'typeorm';
import { loaderById } from '@throughline/graphql';
import { AgencyEntity } from './agency.entity.ts';

/** One statement for all the agencies that a request asks for. */
export function agencyLoaders(db: DataSource) {
  return {
    agencyById: loaderById(db.manager, AgencyEntity),
  };
}
