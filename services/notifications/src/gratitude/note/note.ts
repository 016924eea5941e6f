import type { Decision } from '@throughline/command/decision';
import { uuidV7 } from '@throughline/events';
import { type InputIssue, invalidInput, invalidTransition, issueAt } from '@throughline/graphql/problems';
import { today, type Day, type Moment } from '@throughline/privacy';
import { findingsIn, hasLink, type NoteFinding } from './findings.ts';

export type NoteFrom = 'CLIENT' | 'FAMILY' | 'PARTNER' | 'COLLEAGUE' | 'ANONYMOUS';
export type NoteKind = 'NOTE' | 'CALL_MESSAGE';
export type NoteModeration = 'PENDING' | 'APPROVED' | 'REJECTED' | 'ESCALATED';
export type NoteVisibility = 'PRIVATE' | 'TEAM' | 'PUBLIC';
export type NoteReaction = 'THANK_YOU' | 'SMILE' | 'MOVED';
export type NoteCommand = 'APPROVE' | 'REJECT' | 'SHARE' | 'REACT';

/** A note of thanks to a member of staff. */
export interface AppreciationNote {
  id: string;
  toStaffId: string;
  /** Who wrote it down; of a note between colleagues, who thanks. */
  recordedBy: string;
  fromType: NoteFrom;
  /** Who thanks; shown to nobody, so that a note never says that somebody is a client. */
  fromClientId: string | null;
  kind: NoteKind;
  body: string;
  language: string;
  /** Verified event that it thanks for; null when none is given. */
  occasionId: string | null;
  findings: NoteFinding[];
  moderation: NoteModeration;
  rejectedBecause: string | null;
  moderatedBy: string | null;
  submittedAt: Date;
  deliveredAt: Date | null;
  reaction: NoteReaction | null;
  visibility: NoteVisibility;
  /** The text that others may read, without anything that identifies; null while it is private. */
  sharedBody: string | null;
  authorizedOn: Day | null;
  authorizationReference: string | null;
  version: number;
}

export interface NoteDraft {
  toStaffId: string;
  fromType: NoteFrom;
  fromClientId?: string | null | undefined;
  kind?: NoteKind | null | undefined;
  body: string;
  language?: string | null | undefined;
  occasionId?: string | null | undefined;
}

/** Faults that a note has by itself. */
export function noteFaults({ body, fromType, fromClientId }: NoteDraft): InputIssue[] {
  const faults: InputIssue[] = [];
  if (body.trim() === '') faults.push(issueAt('body', 'EMPTY', 'Write what the person is thanked for.'));
  if (hasLink(body)) faults.push(issueAt('body', 'LINK', 'A note has no links: leave the address out.'));
  if (fromClientId && fromType !== 'CLIENT')
    faults.push(issueAt('fromClientId', 'NOT_A_CLIENT', 'Only a note of the type CLIENT names a client.'));
  return faults;
}

/**
 * Takes a note. With words of crisis it is ESCALATED: people are told at once, and it is never delivered. Every other
 * note waits for a moderator. Source: infra/reference/domain.md 8.6, 8.9.
 */
export function submitNote(
  draft: NoteDraft,
  known: { receiverIsActive: boolean; occasionIsVerified: boolean },
  by: { id: string; now: Date },
): Decision<AppreciationNote, never> {
  const faults = knownFaults(draft, known, by.id);
  if (faults.length > 0) return invalidInput(faults);
  const { toStaffId, fromType, fromClientId = null, kind, language, occasionId = null } = draft;
  const body = draft.body.trim();
  const findings = findingsIn(body, language ?? 'en');
  const nothingYet = {
    ...{ rejectedBecause: null, moderatedBy: null, deliveredAt: null, reaction: null },
    ...{ visibility: 'PRIVATE' as const, sharedBody: null, authorizedOn: null, authorizationReference: null },
  };
  return {
    insert: {
      ...{
        id: uuidV7(by.now),
        toStaffId: toStaffId.toLowerCase(),
        recordedBy: by.id,
        fromType,
        fromClientId,
        body,
        occasionId,
      },
      ...{ kind: kind ?? 'NOTE', language: language ?? 'en', findings, submittedAt: by.now, version: 1 },
      ...{ moderation: findings.includes('CRISIS') ? 'ESCALATED' : 'PENDING', ...nothingYet },
    },
  };
}

function knownFaults(
  { toStaffId, occasionId }: NoteDraft,
  { receiverIsActive, occasionIsVerified }: { receiverIsActive: boolean; occasionIsVerified: boolean },
  writerId: string,
): InputIssue[] {
  const faults: InputIssue[] = [];
  if (!receiverIsActive) faults.push(issueAt('toStaffId', 'UNKNOWN', 'There is no such member of staff.'));
  else if (toStaffId.toLowerCase() === writerId)
    faults.push(issueAt('toStaffId', 'YOURSELF', 'Nobody thanks themselves.'));
  if (occasionId && !occasionIsVerified)
    faults.push(issueAt('occasionId', 'UNKNOWN', 'There is no such event in the work of this person.'));
  return faults;
}

export interface Moderation {
  decision: 'APPROVE' | 'REJECT';
  reason?: string | null | undefined;
}

/** Faults that a decision has by itself. */
export function moderationFaults({ decision, reason }: Moderation): InputIssue[] {
  return decision === 'REJECT' && !reason?.trim()
    ? [issueAt('reason', 'REQUIRED', 'Say why the note is not delivered.')]
    : [];
}

/** APPROVE delivers the note. A note with words of crisis can only be rejected, once it was reviewed. */
export function moderateNote(
  note: AppreciationNote,
  { decision, reason }: Moderation,
  by: { id: string; now: Date },
): Decision<never, AppreciationNote> {
  const allowed = moderations(note);
  if (!allowed.includes(decision)) return invalidTransition(note.moderation, decision, allowed);
  const moderatedBy = by.id;
  return decision === 'APPROVE'
    ? { update: { ...note, moderatedBy, moderation: 'APPROVED', deliveredAt: by.now } }
    : { update: { ...note, moderatedBy, moderation: 'REJECTED', rejectedBecause: reason?.trim() ?? '' } };
}

function moderations({ moderation }: AppreciationNote): ('APPROVE' | 'REJECT')[] {
  if (moderation === 'PENDING') return ['APPROVE', 'REJECT'];
  return moderation === 'ESCALATED' ? ['REJECT'] : [];
}

export interface Sharing {
  visibility: NoteVisibility;
  text?: string | null | undefined;
  authorization?: { signedOn: Day; reference: string } | null | undefined;
}

/**
 * TEAM and PUBLIC need the authorization of who wrote the note and a text in which nothing identifies anybody; PRIVATE
 * takes both back. Source: infra/reference/domain.md 8.6, 8.9.
 */
export function sharingFaults({ visibility, text, authorization }: Sharing, at: Moment): InputIssue[] {
  if (visibility === 'PRIVATE') return [];
  const faults: InputIssue[] = [];
  if (!authorization?.reference.trim())
    faults.push(
      issueAt('authorization', 'REQUIRED', 'Who wrote the note must have authorized this in writing.'),
    );
  else if (authorization.signedOn > today(at))
    faults.push(issueAt('authorization.signedOn', 'IN_FUTURE', 'This day is not over yet.'));
  if (!text?.trim()) return [...faults, issueAt('text', 'REQUIRED', 'Write the text that others may read.')];
  const found = findingsIn(text, 'en');
  if (hasLink(text)) faults.push(issueAt('text', 'LINK', 'A note has no links: leave the address out.'));
  else if (found.length > 0)
    faults.push(
      issueAt('text', 'IDENTIFIES', `Others may not read this (${found.join(', ')}): write it without.`),
    );
  return faults;
}

/** Lets others read a delivered note, or makes it private again. The sharing has no faults. */
export function shareNote(note: AppreciationNote, sharing: Sharing): Decision<never, AppreciationNote> {
  if (note.moderation !== 'APPROVED') return invalidTransition(note.moderation, 'SHARE', moderations(note));
  const { visibility, text, authorization } = sharing;
  const isPrivate = visibility === 'PRIVATE';
  return {
    update: {
      ...{ ...note, visibility, sharedBody: isPrivate ? null : (text?.trim() ?? null) },
      authorizedOn: isPrivate ? null : (authorization?.signedOn ?? null),
      authorizationReference: isPrivate ? null : (authorization?.reference.trim() ?? null),
    },
  };
}

/** The answer of the receiver. */
export function reactTo(note: AppreciationNote, reaction: NoteReaction): Decision<never, AppreciationNote> {
  if (note.moderation !== 'APPROVED') return invalidTransition(note.moderation, 'REACT', moderations(note));
  return { update: { ...note, reaction } };
}

/** What a viewer has to do with a note. */
export interface Standing {
  viewerId: string;
  /** Supervises the receiver, also in place of somebody who is away, or administers the program. */
  moderates: boolean;
  /** Was told of the words of crisis in it. */
  told: boolean;
  /** Has the same supervisor as the receiver, or is that supervisor. */
  isTeam: boolean;
}

/** Nobody moderates a note that they wrote down or that thanks them. */
export function mayModerate(note: AppreciationNote, { viewerId, moderates }: Standing): boolean {
  return moderates && note.toStaffId !== viewerId && note.recordedBy !== viewerId;
}

/** Whether the viewer reads the words that were written. The receiver reads them from the delivery on. */
export function readsBody(note: AppreciationNote, standing: Standing): boolean {
  const { viewerId, told } = standing;
  if (note.toStaffId === viewerId) return note.moderation === 'APPROVED';
  return note.recordedBy === viewerId || told || mayModerate(note, standing);
}

/** Whether the note exists for the viewer at all. */
export function mayKnow(note: AppreciationNote, standing: Standing): boolean {
  const isShared = note.visibility === 'PUBLIC' || (note.visibility === 'TEAM' && standing.isTeam);
  return readsBody(note, standing) || isShared;
}

/** Commands that the viewer can give now. */
export function allowedCommands(note: AppreciationNote, standing: Standing): NoteCommand[] {
  if (note.toStaffId === standing.viewerId) return note.moderation === 'APPROVED' ? ['SHARE', 'REACT'] : [];
  return mayModerate(note, standing) ? moderations(note) : [];
}
