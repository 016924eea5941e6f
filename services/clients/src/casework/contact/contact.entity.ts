import type { CareReader } from '@throughline/care';
import { loaderById, loaderByOwner } from '@throughline/graphql';
import { EntitySchema, type EntityManager } from 'typeorm';
import type { Attempt, ContactEntry, ContactRevision } from './contact.ts';

export const ContactEntryEntity = new EntitySchema<ContactEntry>({
  name: 'ContactEntry',
  tableName: 'contact_entry',
  columns: {
    id: { type: 'uuid', primary: true },
    caseId: { type: 'uuid', name: 'case_id' },
    clientId: { type: 'uuid', name: 'client_id' },
    at: { type: 'timestamptz' },
    channel: { type: 'text' },
    direction: { type: 'text' },
    reached: { type: 'boolean' },
    minutes: { type: 'integer', nullable: true },
    purpose: { type: 'text' },
    summary: { type: 'text', nullable: true },
    labels: { type: 'text', array: true },
    loggedAt: { type: 'timestamptz', name: 'logged_at' },
    loggedBy: { type: 'uuid', name: 'logged_by' },
    version: { type: 'integer' },
  },
});

export const ContactRevisionEntity = new EntitySchema<ContactRevision>({
  name: 'ContactRevision',
  tableName: 'contact_revision',
  columns: {
    contactId: { type: 'uuid', name: 'contact_id', primary: true },
    version: { type: 'integer', primary: true },
    clientId: { type: 'uuid', name: 'client_id' },
    content: { type: 'jsonb' },
    replacedAt: { type: 'timestamptz', name: 'replaced_at' },
    replacedBy: { type: 'uuid', name: 'replaced_by' },
  },
});

/** Enough to know when somebody was reached last, and the attempts since. */
const RECENT = `
  (select id, at, reached, direction from contact_entry where case_id = $1 order by at desc, id desc limit 100)
  union
  (select id, at, reached, direction from contact_entry where case_id = $1 and reached order by at desc limit 2)`;

/** The latest contacts of a case, and the last two that reached the person. */
export function recentContacts(db: EntityManager, caseId: string): Promise<Attempt[]> {
  return db.query(RECENT, [caseId]);
}

export function contactLoaders(db: EntityManager, care: CareReader) {
  return {
    contactEntryById: loaderById(db, care.rowsWithCare(ContactEntryEntity)),
    revisionsByContact: loaderByOwner(db, ContactRevisionEntity, 'contactId', { version: 'ASC' }),
  };
}
