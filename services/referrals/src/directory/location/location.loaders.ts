import type { DataSource } from 'typeorm';
import { rowsBy } from '../directory-service/detail.loaders.ts';
import { loaderById } from '@throughline/graphql';
import { LocationEntity } from './location.entity.ts';

export interface Address {
  kind: string | null;
  address1: string | null;
  address2: string | null;
  city: string | null;
  region: string | null;
  stateProvince: string | null;
  postalCode: string | null;
  country: string | null;
}

const addressColumns = `kind, address_1 as "address1", address_2 as "address2", city, region,
  state_province as "stateProvince", postal_code as "postalCode", country`;

/** Places and their details; one statement for each kind. */
export function locationLoaders(db: DataSource) {
  return {
    locationById: loaderById(db.manager, LocationEntity),
    addressesByLocation: rowsBy<Address>(
      db,
      `select location_id as owner, ${addressColumns} from address where location_id = any($1) order by id`,
    ),
    addressesByAgency: rowsBy<Address>(
      db,
      `select agency_id as owner, ${addressColumns} from address
       where agency_id = any($1) and location_id is null order by id`,
    ),
    accessibilityByLocation: rowsBy<{ text: string }>(
      db,
      `select location_id as owner, concat_ws(': ', description, details) as text
       from accessibility where location_id = any($1) order by id`,
    ),
  };
}
