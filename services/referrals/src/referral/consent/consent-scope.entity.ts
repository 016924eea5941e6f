import { EntitySchema } from 'typeorm';
import type { ConsentScope } from './consent-scope.ts';

export const ConsentScopeEntity = new EntitySchema<ConsentScope>({
  name: 'ConsentScope',
  tableName: 'consent_scope',
  columns: {
    consentId: { type: 'uuid', primary: true, name: 'consent_id' },
    clientId: { type: 'uuid', name: 'client_id' },
    status: { type: 'text' },
    recipientAgencyIds: { type: 'uuid', array: true, name: 'recipient_agency_ids' },
    recipientClasses: { type: 'text', array: true, name: 'recipient_classes' },
    purposes: { type: 'text', array: true },
    version: { type: 'integer' },
  },
});
