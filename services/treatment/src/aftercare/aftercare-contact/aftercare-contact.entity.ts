import type { CareReader } from '@throughline/care';
import { loaderById, loaderByOwner } from '@throughline/graphql';
import { EntitySchema, type EntityManager } from 'typeorm';
import type { AftercareContact } from './aftercare-contact.ts';

export const AftercareContactEntity = new EntitySchema<AftercareContact>({
  name: 'AftercareContact',
  tableName: 'aftercare_contact',
  columns: {
    id: { type: 'uuid', primary: true },
    clientId: { type: 'uuid', name: 'client_id' },
    sourceType: { type: 'text', name: 'source_type' },
    sourceId: { type: 'uuid', name: 'source_id' },
    episodeId: { type: 'uuid', name: 'episode_id' },
    step: { type: 'text' },
    startedAt: { type: 'timestamptz', name: 'started_at' },
    recordedAt: { type: 'timestamptz', name: 'recorded_at' },
    opensAt: { type: 'timestamptz', name: 'opens_at' },
    remindAt: { type: 'timestamptz', name: 'remind_at' },
    dueOn: { type: 'date', name: 'due_on' },
    dueAt: { type: 'timestamptz', name: 'due_at' },
    status: { type: 'text' },
    stoppedFor: { type: 'text', name: 'stopped_for', nullable: true },
    metById: { type: 'uuid', name: 'met_by_id', nullable: true },
    metAt: { type: 'timestamptz', name: 'met_at', nullable: true },
    attempts: { type: 'integer' },
    lastAttemptAt: { type: 'timestamptz', name: 'last_attempt_at', nullable: true },
    remindedAt: { type: 'timestamptz', name: 'reminded_at', nullable: true },
    openedAt: { type: 'timestamptz', name: 'opened_at' },
    version: { type: 'integer' },
  },
});

/** One change of a contact: written once. */
export interface AftercareContactChange {
  id: string;
  contactId: string;
  from: string | null;
  to: string;
  dueAt: Date;
  at: Date;
}

export const AftercareContactChangeEntity = new EntitySchema<AftercareContactChange>({
  name: 'AftercareContactChange',
  tableName: 'aftercare_contact_change',
  columns: {
    id: { type: 'uuid', primary: true },
    contactId: { type: 'uuid', name: 'contact_id' },
    from: { type: 'text', name: 'from_status', nullable: true },
    to: { type: 'text', name: 'to_status' },
    dueAt: { type: 'timestamptz', name: 'due_at' },
    at: { type: 'timestamptz' },
  },
});

export function aftercareContactLoaders(db: EntityManager, care: CareReader) {
  return {
    aftercareContactById: loaderById(db, care.rowsWithCare(AftercareContactEntity)),
    aftercareContactsByClient: loaderByOwner(db, AftercareContactEntity, 'clientId', {
      dueAt: 'ASC',
      id: 'ASC',
    }),
    aftercareContactsBySource: loaderByOwner(db, AftercareContactEntity, 'sourceId', {
      dueAt: 'ASC',
      id: 'ASC',
    }),
    aftercareContactChanges: loaderByOwner(db, AftercareContactChangeEntity, 'contactId', {
      at: 'ASC',
      id: 'ASC',
    }),
  };
}
