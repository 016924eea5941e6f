import { noteDrafted, noteSigned, noteWithdrawn } from '@throughline/events';
import { on, type Reaction } from '@throughline/messaging';
import { CaseBlockerEntity } from './blocker.entity.ts';

/** A note that nobody signed holds up the end of the case. Source: infra/reference/domain.md 1.2. */
export const onNotes: Reaction[] = [
  on(noteDrafted, async (tx, { noteId: id, clientId }, { occurredAt: since }) => {
    await tx.upsert(CaseBlockerEntity, { id, clientId, kind: 'DRAFT_NOTE', since }, ['id']);
  }),
  on(noteSigned, async (tx, { noteId: id }) => {
    await tx.delete(CaseBlockerEntity, { id });
  }),
  on(noteWithdrawn, async (tx, { noteId: id }) => {
    await tx.delete(CaseBlockerEntity, { id });
  }),
];
