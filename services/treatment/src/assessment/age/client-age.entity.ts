import { EntitySchema } from 'typeorm';
import type { ClientAge } from './client-age.ts';

export const ClientAgeEntity = new EntitySchema<ClientAge>({
  name: 'ClientAge',
  tableName: 'client_age',
  columns: {
    clientId: { type: 'uuid', primary: true, name: 'client_id' },
    knownAt: { type: 'timestamptz', primary: true, name: 'known_at' },
    ageGroup: { type: 'text', name: 'age_group' },
  },
});
