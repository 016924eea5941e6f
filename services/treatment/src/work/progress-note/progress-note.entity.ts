import { EntitySchema } from 'typeorm';
import type { NoteAddendum } from './note-signing.ts';
import type { ProgressNote } from './progress-note.ts';

export const ProgressNoteEntity = new EntitySchema<ProgressNote>({
  name: 'ProgressNote',
  tableName: 'progress_note',
  columns: {
    id: { type: 'uuid', primary: true },
    clientId: { type: 'uuid', name: 'client_id' },
    kind: { type: 'text' },
    status: { type: 'text' },
    narrative: { type: 'text' },
    occurredOn: { type: 'date', name: 'occurred_on' },
    goalIds: { type: 'uuid', name: 'goal_ids', array: true },
    withoutGoal: { type: 'text', name: 'without_goal', nullable: true },
    needId: { type: 'uuid', name: 'need_id', nullable: true },
    contactId: { type: 'uuid', name: 'contact_id', nullable: true },
    stayId: { type: 'uuid', name: 'stay_id', nullable: true },
    visibility: { type: 'text' },
    labels: { type: 'text', array: true },
    authorId: { type: 'uuid', name: 'author_id' },
    draftedAt: { type: 'timestamptz', name: 'drafted_at' },
    savedAt: { type: 'timestamptz', name: 'saved_at' },
    signedAt: { type: 'timestamptz', name: 'signed_at', nullable: true },
    needsCosignature: { type: 'boolean', name: 'needs_cosignature' },
    cosignerId: { type: 'uuid', name: 'cosigner_id', nullable: true },
    awaitsSince: { type: 'timestamptz', name: 'awaits_since', nullable: true },
    cosignedAt: { type: 'timestamptz', name: 'cosigned_at', nullable: true },
    cosignedBy: { type: 'uuid', name: 'cosigned_by', nullable: true },
    returnedReason: { type: 'text', name: 'returned_reason', nullable: true },
    version: { type: 'integer' },
  },
});

export const NoteAddendumEntity = new EntitySchema<NoteAddendum>({
  name: 'NoteAddendum',
  tableName: 'progress_note_addendum',
  columns: {
    id: { type: 'uuid', primary: true },
    noteId: { type: 'uuid', name: 'note_id' },
    clientId: { type: 'uuid', name: 'client_id' },
    reason: { type: 'text' },
    text: { type: 'text' },
    addedAt: { type: 'timestamptz', name: 'added_at' },
    addedBy: { type: 'uuid', name: 'added_by' },
    needsCosignature: { type: 'boolean', name: 'needs_cosignature' },
    cosignedAt: { type: 'timestamptz', name: 'cosigned_at', nullable: true },
    cosignedBy: { type: 'uuid', name: 'cosigned_by', nullable: true },
  },
});
