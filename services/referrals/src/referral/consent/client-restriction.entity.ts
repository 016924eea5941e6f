import { EntitySchema } from 'typeorm';
import type { ClientRestriction } from './client-restriction.ts';

export const ClientRestrictionEntity = new EntitySchema<ClientRestriction>({
  name: 'ClientRestriction',
  tableName: 'client_restriction',
  columns: {
    clientId: { type: 'uuid', primary: true, name: 'client_id' },
    restrictAll: { type: 'boolean', name: 'restrict_all' },
    blockedAgencyIds: { type: 'uuid', name: 'blocked_agency_ids', array: true },
  },
});
