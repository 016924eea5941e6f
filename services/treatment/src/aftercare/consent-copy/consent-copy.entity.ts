import { loaderByOwner } from '@throughline/graphql';
import { EntitySchema, type EntityManager } from 'typeorm';
import type { ConsentCopy } from './consent-copy.ts';

export const ConsentCopyEntity = new EntitySchema<ConsentCopy>({
  name: 'ConsentCopy',
  tableName: 'consent_copy',
  columns: {
    consentId: { type: 'uuid', primary: true, name: 'consent_id' },
    clientId: { type: 'uuid', name: 'client_id' },
    recipientAgencyIds: { type: 'uuid', array: true, name: 'recipient_agency_ids' },
    recipientClasses: { type: 'text', array: true, name: 'recipient_classes' },
    inForce: { type: 'boolean', name: 'in_force' },
    version: { type: 'integer' },
  },
});

export function consentCopyLoaders(db: EntityManager) {
  return { consentsByClient: loaderByOwner(db, ConsentCopyEntity, 'clientId', { consentId: 'ASC' }) };
}
