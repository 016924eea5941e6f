import type { CareReader } from '@throughline/care';
import { loaderById, loaderByOwner } from '@throughline/graphql';
import { EntitySchema, type EntityManager } from 'typeorm';
import type { SupportPerson } from './support-person.ts';

export const SupportPersonEntity = new EntitySchema<SupportPerson>({
  name: 'SupportPerson',
  tableName: 'support_person',
  columns: {
    id: { type: 'uuid', primary: true },
    clientId: { type: 'uuid', name: 'client_id' },
    name: { type: 'text' },
    relation: { type: 'text' },
    contactPoints: { type: 'jsonb', name: 'contact_points' },
    preferredLanguage: { type: 'text', name: 'preferred_language', nullable: true },
    livesWithClient: { type: 'boolean', name: 'lives_with_client' },
    isEmergencyContact: { type: 'boolean', name: 'is_emergency_contact' },
    isGuardian: { type: 'boolean', name: 'is_guardian' },
    consentId: { type: 'uuid', name: 'consent_id', nullable: true },
    isRestricted: { type: 'boolean', name: 'is_restricted' },
    restrictionNote: { type: 'text', name: 'restriction_note', nullable: true },
    recordedAt: { type: 'timestamptz', name: 'recorded_at' },
    recordedBy: { type: 'uuid', name: 'recorded_by' },
    endedAt: { type: 'timestamptz', name: 'ended_at', nullable: true },
    version: { type: 'integer' },
  },
});

export function supportLoaders(db: EntityManager, care: CareReader) {
  return {
    supportById: loaderById(db, care.rowsWithCare(SupportPersonEntity)),
    supportByClient: loaderByOwner(db, SupportPersonEntity, 'clientId', { recordedAt: 'ASC', id: 'ASC' }),
  };
}
