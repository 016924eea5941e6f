import { EntitySchema } from 'typeorm';
import type { Location } from './location.ts';

export const LocationEntity = new EntitySchema<Location>({
  name: 'Location',
  tableName: 'location',
  columns: {
    id: { type: 'uuid', primary: true },
    agencyId: { type: 'uuid', name: 'agency_id', nullable: true },
    name: { type: 'text', nullable: true },
    description: { type: 'text', nullable: true },
    transportation: { type: 'text', nullable: true },
    latitude: { type: 'double precision', nullable: true },
    longitude: { type: 'double precision', nullable: true },
    version: { type: 'integer', default: 1 },
  },
});
