import type { Decision } from '@throughline/command/decision';
import { noteDrafted, noteWithdrawn, uuidV7 } from '@throughline/events';
import { invalidTransition, type InputIssue, type Problem } from '@throughline/graphql/problems';
import { neverReleasedLabels, today, type DataLabel, type Moment } from '@throughline/privacy';

/** Whether only a clinician may sign it: it is about treatment itself. Source: infra/reference/domain.md 1.5, 8.4. */
export const isSession = {
  ...{ CASE_MANAGEMENT: false, CONTACT: false, COLLATERAL: false, CRISIS: false, TRANSITION: false },
  ...{ INDIVIDUAL_SESSION: true, GROUP_SESSION: true, FAMILY_SESSION: true },
} as const;
export type ProgressNoteKind = keyof typeof isSession;
export type ProgressNoteStatus = 'DRAFT' | 'AWAITING_COSIGNATURE' | 'SIGNED' | 'WITHDRAWN';
/** CLINICAL_TEAM: not peer specialists. */
export type ProgressNoteVisibility = 'CARE_TEAM' | 'CLINICAL_TEAM';
export type AddendumReason = 'LATE_ENTRY' | 'CORRECTION' | 'CLARIFICATION';

/** What was done with or for a client, and how it went. Source: infra/reference/domain.md 8.4. */
export interface ProgressNote {
  id: string;
  clientId: string;
  kind: ProgressNoteKind;
  status: ProgressNoteStatus;
  narrative: string;
  /** The day that it is about. */
  occurredOn: string;
  goalIds: string[];
  /** Why it serves no goal. */
  withoutGoal: string | null;
  needId: string | null;
  contactId: string | null;
  stayId: string | null;
  visibility: ProgressNoteVisibility;
  labels: DataLabel[];
  authorId: string;
  draftedAt: Date;
  savedAt: Date;
  signedAt: Date | null;
  /** Whether the author was a trainee at the signature. */
  needsCosignature: boolean;
  /** Supervisor in whose queue it waits; of every supervisor of the client when null, and when that one cannot sign it. */
  cosignerId: string | null;
  /** Since when it waits for a supervisor; null while it does not. */
  awaitsSince: Date | null;
  cosignedAt: Date | null;
  cosignedBy: string | null;
  /** What the supervisor wanted to be changed when the note came back. */
  returnedReason: string | null;
  version: number;
}

export interface NoteDraft {
  kind: ProgressNoteKind;
  narrative?: string | null | undefined;
  occurredOn: string;
  goalIds?: readonly string[] | null | undefined;
  withoutGoal?: string | null | undefined;
  needId?: string | null | undefined;
  contactId?: string | null | undefined;
  stayId?: string | null | undefined;
  visibility?: ProgressNoteVisibility | null | undefined;
  labels?: readonly DataLabel[] | null | undefined;
}

/** Somebody saved the draft meanwhile, in another tab or at another place; nothing was overwritten. */
export interface DraftConflict extends Problem {
  kind: 'NoteDraftConflict';
  currentVersion: number;
  saved: ProgressNote;
  yours: string;
}

/** Commands by state. */
export const allowed: Record<ProgressNoteStatus, readonly string[]> = {
  DRAFT: ['saveNoteDraft', 'signNote', 'withdrawNoteDraft'],
  AWAITING_COSIGNATURE: ['cosignNote', 'returnNote', 'amendNote'],
  SIGNED: ['amendNote'],
  WITHDRAWN: [],
};

/** Labels that say something about what a note tells. */
const ofNotes: ReadonlySet<DataLabel> = new Set([
  ...(['SOCIAL', 'HEALTH', 'MH', 'SUD', 'IPV', 'HIV', 'JUSTICE', 'MINOR_PROTECTED'] as const),
]);

/**
 * Faults that a draft has by itself. A text that belongs into a counselling note is not labelled away here: it has a
 * place of its own. Source: infra/reference/domain.md 3.6, 8.4.
 */
export function draftFaults({ labels, occurredOn }: NoteDraft, at: Moment): InputIssue[] {
  const faults = (labels ?? []).flatMap((label, place) => {
    if (ofNotes.has(label)) return [];
    const message = neverReleasedLabels.has(label)
      ? 'This is not written in a progress note; counselling notes are kept apart.'
      : 'This label says nothing about a note.';
    return [{ path: `labels.${String(place)}`, code: 'NOT_ALLOWED', message }];
  });
  if (occurredOn > today(at))
    faults.push({ path: 'occurredOn', code: 'IN_FUTURE', message: 'This day has not come yet.' });
  return faults;
}

/** Faults of a draft that is saved again. */
export function savedFaults(
  draft: NoteDraft & { expectedVersion?: number | null | undefined },
  at: Moment,
): InputIssue[] {
  const missing = { path: 'expectedVersion', code: 'MISSING', message: 'Name the version that you read.' };
  return [...draftFaults(draft, at), ...(draft.expectedVersion ? [] : [missing])];
}

function contentOf(draft: NoteDraft) {
  const { kind, narrative, occurredOn, goalIds, withoutGoal = null, visibility, labels } = draft;
  const links = { needId: draft.needId, contactId: draft.contactId, stayId: draft.stayId };
  const { needId, contactId, stayId } = links;
  return {
    ...{ kind, narrative: narrative ?? '', occurredOn, withoutGoal },
    goalIds: [...new Set((goalIds ?? []).map(small))],
    ...{ needId: needId ? small(needId) : null, contactId: contactId ? small(contactId) : null },
    ...{ stayId: stayId ? small(stayId) : null, visibility: visibility ?? ('CARE_TEAM' as const) },
    labels: [...new Set(labels ?? [])].sort(),
  };
}

const small = (id: string) => id.toLowerCase();

/** Begins a draft, which only its author reads. It holds up the end of the case until it is signed or withdrawn. */
export function beginDraft(
  clientId: string,
  draft: NoteDraft,
  by: { id: string; now: Date },
): Decision<ProgressNote, never, never> {
  const { id: authorId, now } = by;
  const unsigned = { signedAt: null, needsCosignature: false, cosignerId: null, awaitsSince: null };
  const insert: ProgressNote = {
    ...{ id: uuidV7(now), clientId, status: 'DRAFT', ...contentOf(draft), authorId },
    ...{ draftedAt: now, savedAt: now, ...unsigned, cosignedAt: null, cosignedBy: null },
    ...{ returnedReason: null, version: 1 },
  };
  return { insert, facts: [noteDrafted.of(clientId, now, { noteId: insert.id, clientId })] };
}

/**
 * Saves a draft again. Another version than the expected one is not overwritten: the answer has both texts. The same
 * content twice is one save, so that a save whose answer was lost can be repeated.
 */
export function saveDraft(
  note: ProgressNote,
  draft: NoteDraft & { expectedVersion: number },
  now: Date,
): Decision<never, ProgressNote> {
  if (note.status !== 'DRAFT')
    return invalidTransition(note.status, 'saveNoteDraft', [...allowed[note.status]]);
  const content = contentOf(draft);
  if (isSaved(note, content)) return { update: note };
  if (draft.expectedVersion !== note.version) return conflict(note, content.narrative);
  return { update: { ...note, ...content, savedAt: now } };
}

function isSaved(note: ProgressNote, content: ReturnType<typeof contentOf>): boolean {
  const known = new Map(Object.entries(note));
  return Object.entries(content).every(
    ([field, value]) => JSON.stringify(known.get(field)) === JSON.stringify(value),
  );
}

function conflict(saved: ProgressNote, yours: string): DraftConflict {
  const message =
    'The draft was saved elsewhere meanwhile: compare both texts, then save with the current version.';
  return { kind: 'NoteDraftConflict', message, currentVersion: saved.version, saved, yours };
}

/** Gives a draft up: its author, or a supervisor of the client, who cannot read it. */
export function withdrawDraft(note: ProgressNote, now: Date): Decision<never, ProgressNote> {
  const { id: noteId, clientId, status } = note;
  if (status !== 'DRAFT') return invalidTransition(status, 'withdrawNoteDraft', [...allowed[status]]);
  return {
    update: { ...note, status: 'WITHDRAWN' },
    facts: [noteWithdrawn.of(clientId, now, { noteId, clientId })],
  };
}

/** What this person can do with the note now. */
export function commandsFor(note: ProgressNote, viewer: { id: string; isSupervisor: boolean }): string[] {
  const isOwn = note.authorId === viewer.id;
  const may: Record<string, boolean> = {
    ...{ saveNoteDraft: isOwn, signNote: isOwn, withdrawNoteDraft: isOwn || viewer.isSupervisor },
    ...{ cosignNote: viewer.isSupervisor && !isOwn, amendNote: true },
    returnNote: viewer.isSupervisor && !isOwn && note.needsCosignature && note.cosignedAt === null,
  };
  return allowed[note.status].filter((name) => may[name]);
}

/** Whether somebody who may read the clinical record of the client sees the note, and not only that a draft exists. */
export function isTextOpen(note: Pick<ProgressNote, 'status' | 'authorId'>, viewerId: string): boolean {
  return note.authorId === viewerId || note.status === 'SIGNED' || note.status === 'AWAITING_COSIGNATURE';
}
