import { invalidTransition, type InvalidTransition } from '@throughline/graphql/problems';
import type { Inquiry } from './inquiry.ts';

export type InquiryCommand =
  'UPDATE' | 'ANSWER_TRIAGE' | 'END' | 'CONVERT' | 'CLAIM_CALLBACK' | 'RELEASE_CALLBACK';

/** A member of staff of the intake desk. */
export interface DeskWorker {
  id: string;
  roles: readonly string[];
}

/** Roles that work on first contacts. Source: infra/reference/domain.md 1.5. */
export const deskRoles = ['INTAKE_WORKER', 'SUPERVISOR'] as const;

/** A claim of somebody who neither ended nor released the call is over after this time. */
export const CLAIM_MINUTES = 30;

/** Who calls back now; null when nobody does, or when a claim is too old. */
export function claimantOf({ claimedBy, claimedAt }: Inquiry, now: Date): string | null {
  const isFresh = claimedAt !== null && now.getTime() < claimedAt.getTime() + CLAIM_MINUTES * 60_000;
  return isFresh ? claimedBy : null;
}

const work = ['UPDATE', 'ANSWER_TRIAGE', 'END', 'CONVERT'] as const;

/** What a member of staff can do with the inquiry now. A callback that somebody else claimed is left to that person. */
export function allowedCommands(inquiry: Inquiry, worker: DeskWorker, now: Date): InquiryCommand[] {
  if (!worker.roles.some((role) => role === 'INTAKE_WORKER' || role === 'SUPERVISOR')) return [];
  if (inquiry.status === 'ENDED') return [];
  if (inquiry.status === 'OPEN') return [...work];
  const claimant = claimantOf(inquiry, now);
  if (claimant === null) return [...work, 'CLAIM_CALLBACK'];
  if (claimant === worker.id) return [...work, 'RELEASE_CALLBACK'];
  return worker.roles.includes('SUPERVISOR') ? ['RELEASE_CALLBACK'] : [];
}

/** Why the command is refused now, or null. */
export function refusalOf(
  inquiry: Inquiry,
  command: InquiryCommand,
  { worker, now }: { worker: DeskWorker; now: Date },
): InvalidTransition | null {
  const allowed = allowedCommands(inquiry, worker, now);
  if (allowed.includes(command)) return null;
  return invalidTransition(stateOf(inquiry, now), command, allowed);
}

/** The state as a person says it: a claimed callback, or the disposition of an ended contact. */
function stateOf(inquiry: Inquiry, now: Date): string {
  if (inquiry.status === 'ENDED') return inquiry.disposition ?? 'ENDED';
  return inquiry.status === 'CALLBACK' && claimantOf(inquiry, now) ? 'CALLBACK_CLAIMED' : inquiry.status;
}
