import type { Decision } from '@throughline/command/decision';
import {
  noteAmended,
  noteAwaitsCosignature,
  noteReturned,
  noteSigned,
  uuidV7,
  type Fact,
} from '@throughline/events';
import {
  forbidden,
  invalidInput,
  invalidTransition,
  type InputIssue,
  type InvalidTransition,
} from '@throughline/graphql/problems';
import { isBlank } from '@throughline/graphql/text';
import type { DataLabel } from '@throughline/privacy';
import { allowed, isSession, type AddendumReason, type ProgressNote } from './progress-note.ts';

/** What was added to a signed note. It never changes. */
export interface NoteAddendum {
  id: string;
  noteId: string;
  clientId: string;
  reason: AddendumReason;
  text: string;
  addedAt: Date;
  addedBy: string;
  needsCosignature: boolean;
  cosignedAt: Date | null;
  cosignedBy: string | null;
}

export interface Signer {
  id: string;
  isClinician: boolean;
  /** No qualifying credential: a supervisor signs, too. */
  isTrainee: boolean;
  supervisorId: string | null;
}

/**
 * Signs a draft; from then on its text never changes. A note serves a goal, or says why it serves none. A session is
 * for clinicians, and the note of a trainee waits for a supervisor. `implied`: labels that the records behind it give.
 * Source: infra/reference/domain.md 1.3, 1.5, 3.6, 8.4.
 */
export function signNote(
  note: ProgressNote,
  signer: Signer,
  implied: readonly DataLabel[],
  now: Date,
): Decision<never, ProgressNote> {
  const { id: noteId, clientId, status } = note;
  if (status !== 'DRAFT') return invalidTransition(status, 'signNote', [...allowed[status]]);
  const faults = signFaults(note, signer);
  if (faults.length > 0) return invalidInput(faults);
  const labels = [...new Set([...note.labels, ...implied])].sort();
  const signed = { ...note, labels, signedAt: now, returnedReason: null };
  const about = { noteId, clientId };
  if (!signer.isTrainee)
    return { update: { ...signed, status: 'SIGNED' }, facts: [noteSigned.of(clientId, now, about)] };
  return {
    update: { ...signed, ...waiting(signer, now), needsCosignature: true },
    facts: [awaits(about, signer, now)],
  };
}

const waiting = ({ supervisorId: cosignerId }: Signer, awaitsSince: Date) => ({
  ...{ status: 'AWAITING_COSIGNATURE' as const, cosignerId, awaitsSince },
});

const awaits = (about: { noteId: string; clientId: string }, { supervisorId }: Signer, now: Date) =>
  noteAwaitsCosignature.of(about.clientId, now, { ...about, supervisorId });

function signFaults(note: ProgressNote, { isClinician }: Signer): InputIssue[] {
  const faults: InputIssue[] = [];
  const fault = (path: string, code: string, message: string) => faults.push({ path, code, message });
  if (isBlank(note.narrative)) fault('narrative', 'MISSING', 'The note has no text yet.');
  if (note.goalIds.length === 0 && isBlank(note.withoutGoal ?? ''))
    fault('goalIds', 'MISSING', 'Name the goals that it serves, or say in withoutGoal why there is none.');
  if (isSession[note.kind] && !isClinician)
    fault('kind', 'OUT_OF_SCOPE', 'A note about a session is for a clinician.');
  return faults;
}

/** A supervisor signs for a trainee. Nobody co-signs what is the own. Source: infra/reference/domain.md 1.3. */
export function cosignNote(
  note: ProgressNote,
  waitingAddenda: readonly NoteAddendum[],
  by: { id: string; now: Date },
): Decision<never, ProgressNote> {
  const { id: noteId, clientId, status } = note;
  if (status !== 'AWAITING_COSIGNATURE') return invalidTransition(status, 'cosignNote', [...allowed[status]]);
  const isOwn = note.authorId === by.id || waitingAddenda.some(({ addedBy }) => addedBy === by.id);
  if (isOwn) return forbidden('Nobody co-signs the own note: another supervisor does it.');
  const isFirst = note.needsCosignature && note.cosignedAt === null;
  const about = { noteId, clientId };
  return {
    update: {
      ...note,
      status: 'SIGNED',
      awaitsSince: null,
      ...(isFirst && { cosignedAt: by.now, cosignedBy: by.id }),
    },
    facts: [isFirst ? noteSigned.of(clientId, by.now, about) : noteAmended.of(clientId, by.now, about)],
  };
}

/** The supervisor wants something changed: the note is a draft again. What is signed whole does not come back. */
export function returnNote(
  note: ProgressNote,
  { reason, addenda }: { reason: string; addenda: number },
  by: { id: string; now: Date },
): Decision<never, ProgressNote> {
  const { id: noteId, clientId, status, authorId } = note;
  const isFixed = note.cosignedAt !== null || !note.needsCosignature || addenda > 0;
  if (status !== 'AWAITING_COSIGNATURE' || isFixed)
    return invalidTransition(
      status,
      'returnNote',
      allowed[status].filter((name) => name !== 'returnNote'),
    );
  if (authorId === by.id) return forbidden('Nobody reviews the own note: another supervisor does it.');
  const unsigned = { signedAt: null, needsCosignature: false, cosignerId: null, awaitsSince: null };
  return {
    update: { ...note, status: 'DRAFT', ...unsigned, returnedReason: reason },
    facts: [noteReturned.of(clientId, by.now, { noteId, clientId, authorId })],
  };
}

interface Amended {
  addendum: NoteAddendum;
  /** Left out, the note itself stays as it is. */
  update?: ProgressNote;
  facts: Fact[];
}

/** Adds to a signed note and changes nothing of it. What a trainee adds waits for a supervisor, as the note did. */
export function amendNote(
  note: ProgressNote,
  draft: { reason: AddendumReason; text: string },
  signer: Signer,
  now: Date,
): InvalidTransition | Amended {
  const { id: noteId, clientId, status } = note;
  if (status !== 'SIGNED' && status !== 'AWAITING_COSIGNATURE')
    return invalidTransition(status, 'amendNote', [...allowed[status]]);
  const { reason, text } = draft;
  const addendum: NoteAddendum = {
    ...{ id: uuidV7(now), noteId, clientId, reason, text, addedAt: now, addedBy: signer.id },
    ...{ needsCosignature: signer.isTrainee, cosignedAt: null, cosignedBy: null },
  };
  const about = { noteId, clientId };
  if (!signer.isTrainee) return { addendum, facts: [noteAmended.of(clientId, now, about)] };
  const waits = status === 'SIGNED' ? { ...note, ...waiting(signer, now) } : note;
  return { update: waits, addendum, facts: [awaits(about, signer, now)] };
}
