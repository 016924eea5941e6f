import { caseManagerAssigned, caseRoleAssigned, caseRoleEnded, uuidV7, type Fact } from '@throughline/events';
import type { StaffMember } from '../../workforce/case-manager/case-manager.ts';
import { caseloadOf, type Caseload, type Limits, type Load } from '../../workforce/caseload/caseload.ts';
import type { Gate } from '../../workforce/credential/gate.ts';
import type { CaseFile } from '../case-file/case-file.ts';
import { blocked, caseloadOver, type CaseloadOver, type CaseManagerBlocked } from './assignment.problems.ts';

export type CaseTeamRole = 'SECONDARY' | 'BACKUP' | 'PEER' | 'SUPERVISOR';
export type AssignmentRole = 'PRIMARY' | CaseTeamRole;

export interface Assignment {
  id: string;
  caseId: string;
  clientId: string;
  caseManagerId: string;
  role: AssignmentRole;
  startedAt: Date;
  endedAt: Date | null;
  reason: string | null;
  assignedBy: string;
  /** How well the person fitted, and why; null where nobody compared. */
  matchScore: number | null;
  matchReasons: string[];
  /** Who let the caseload pass its limit, and why. */
  overApprovedBy: string | null;
  overReason: string | null;
  /** The caseload was OVER when the case manager registered the person, and no supervisor has approved it yet. */
  needsApproval: boolean;
  endedBy: string | null;
  endReason: string | null;
}

type OfCase = Pick<CaseFile, 'id' | 'clientId'>;

/** New primary case manager, the person who decided, and the reason. */
export interface NewPrimary {
  to: Pick<StaffMember, 'id' | 'supervisorId'>;
  by: string;
  reason: string | null;
  match?: { score: number; reasons: readonly string[] } | undefined;
  /** Why a supervisor lets the caseload pass its limit. */
  overReason?: string | null | undefined;
}

/**
 * Makes a case manager the one primary. The previous assignment ends at the same moment.
 * Source: infra/reference/domain.md 1.2 (exactly one primary or the queue).
 */
export function assignPrimary(
  caseFile: OfCase,
  { to, by, reason, match, overReason = null }: NewPrimary,
  now: Date,
): { assignment: Assignment; fact: Fact } {
  const assignment: Assignment = {
    ...newAssignment(caseFile, { staffId: to.id, role: 'PRIMARY', by, reason }, now),
    ...{ matchScore: match?.score ?? null, matchReasons: [...(match?.reasons ?? [])] },
    ...{ overApprovedBy: overReason === null ? null : by, overReason },
  };
  return { assignment, fact: assignedFact(caseFile, to, now) };
}

/** The case waits in the unassigned queue. */
export function leaveUnassigned(caseFile: OfCase, now: Date): Fact {
  return assignedFact(caseFile, null, now);
}

/** Somebody works on the case in addition to its case manager. */
export function joinTeam(
  caseFile: OfCase,
  joining: { staffId: string; role: CaseTeamRole; by: string; reason: string | null },
  now: Date,
): { assignment: Assignment; fact: Fact } {
  const { id: caseId, clientId } = caseFile;
  const { staffId, role } = joining;
  const fact = caseRoleAssigned.of(clientId, now, { clientId, caseId, staffId, role });
  return { assignment: newAssignment(caseFile, joining, now), fact };
}

/** The end of an assignment: a primary one leaves the case in the queue. */
export function endedFact(assignment: Assignment, now: Date): Fact {
  const { clientId, caseId, caseManagerId: staffId, role } = assignment;
  if (role === 'PRIMARY') return leaveUnassigned({ id: caseId, clientId }, now);
  return caseRoleEnded.of(clientId, now, { clientId, caseId, staffId, role });
}

/** The role that somebody needs for a role on a case. Source: infra/reference/domain.md 1.5, 8.3. */
export const neededRoles = {
  PRIMARY: ['CASE_MANAGER'],
  SECONDARY: ['CASE_MANAGER', 'CLINICIAN'],
  BACKUP: ['CASE_MANAGER'],
  PEER: ['PEER_SPECIALIST'],
  SUPERVISOR: ['SUPERVISOR'],
} as const satisfies Record<AssignmentRole, readonly string[]>;

/** Whether a member of staff can have the role on a case. */
export function canHave(
  role: AssignmentRole,
  { active, roles }: Pick<StaffMember, 'active' | 'roles'>,
): boolean {
  return active && neededRoles[role].some((needed) => roles.includes(needed));
}

/** What a case manager has now, and what the case weighs. */
export interface Room {
  loads: readonly Load[];
  limits: Limits;
  load: Load;
}

/** The caseload with the case in it. */
export function caseloadWith({ loads, limits, load }: Room): Caseload {
  return caseloadOf([...loads, load], limits);
}

/**
 * Why a case manager may not take a case: the credential, or a caseload that would be OVER without the approval of a
 * supervisor; null: nothing is against it. Source: infra/reference/domain.md 1.3, 1.4.
 */
export function refusalOf(
  gate: Gate,
  room: Room,
  isApproved: boolean,
): CaseManagerBlocked | CaseloadOver | null {
  if (!gate.isOpen) return blocked(gate.reason);
  const after = caseloadWith(room);
  return after.band === 'OVER' && !isApproved
    ? caseloadOver(caseloadOf(room.loads, room.limits), after)
    : null;
}

function newAssignment(
  { id: caseId, clientId }: OfCase,
  { staffId, role, by, reason }: { staffId: string; role: AssignmentRole; by: string; reason: string | null },
  now: Date,
): Assignment {
  return {
    ...{ id: uuidV7(now), caseId, clientId, caseManagerId: staffId, role, reason, assignedBy: by },
    ...{ startedAt: now, endedAt: null, endedBy: null, endReason: null },
    ...{ matchScore: null, matchReasons: [], overApprovedBy: null, overReason: null, needsApproval: false },
  };
}

function assignedFact(
  { id: caseId, clientId }: OfCase,
  to: Pick<StaffMember, 'id' | 'supervisorId'> | null,
  now: Date,
): Fact {
  const named = { caseManagerId: to?.id ?? null, supervisorId: to?.supervisorId ?? null };
  return caseManagerAssigned.of(clientId, now, { clientId, caseId, ...named });
}
