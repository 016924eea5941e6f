import { z } from 'zod';
import { defineRestrictedEvent, type Restriction } from './define-event.ts';
import { id } from './fields.ts';

const isNew: Restriction = { topic: 'treatment.restricted.v1', readers: ['treatment', 'gateway'] };
/** clients: a case with a draft does not close. */
const noteDraft: Restriction = { ...isNew, readers: [...isNew.readers, 'clients'] };
/** notifications: the supervisor, and the author whose note comes back. */
const noteReview: Restriction = { ...isNew, readers: [...isNew.readers, 'notifications'] };

export const noteDrafted = defineRestrictedEvent(
  noteDraft,
  'NoteDrafted',
  'Key: clientId. A progress note was begun: until it is signed or given up, the case does not end.',
  z.object({ noteId: id, clientId: id }),
);

export const noteWithdrawn = defineRestrictedEvent(
  noteDraft,
  'NoteWithdrawn',
  'Key: clientId. The draft of a progress note was given up.',
  z.object({ noteId: id, clientId: id }),
);

export const noteSigned = defineRestrictedEvent(
  noteDraft,
  'NoteSigned',
  'Key: clientId. A progress note is signed by everybody who has to.',
  z.object({ noteId: id, clientId: id }),
);

export const noteAmended = defineRestrictedEvent(
  isNew,
  'NoteAmended',
  'Key: clientId. Something was added to a signed progress note.',
  z.object({ noteId: id, clientId: id }),
);

export const noteAwaitsCosignature = defineRestrictedEvent(
  noteReview,
  'NoteAwaitsCosignature',
  'Key: clientId. What a trainee wrote waits for a supervisor; supervisorId null: for every supervisor of the client.',
  z.object({ noteId: id, clientId: id, supervisorId: id.nullable() }),
);

export const noteReturned = defineRestrictedEvent(
  noteReview,
  'NoteReturned',
  'Key: clientId. A supervisor wants the progress note of a trainee changed.',
  z.object({ noteId: id, clientId: id, authorId: id }),
);

export const documentWithdrawn = defineRestrictedEvent(
  isNew,
  'DocumentWithdrawn',
  'Key: clientId. A document was closed: nobody opens it any more.',
  z.object({ documentId: id, clientId: id }),
);

export const documentAdded = defineRestrictedEvent(
  isNew,
  'DocumentAdded',
  'Key: clientId. The content of a document came.',
  z.object({ documentId: id, clientId: id }),
);
