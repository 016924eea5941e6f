import { command, lockRow, type Tools } from '@throughline/command';
import { caseFacts } from '@throughline/events';
import { hasRole, isUuid, type Viewer } from '@throughline/graphql';
import { invalidInput, invalidTransition, type Problem } from '@throughline/graphql/problems';
import { IsNull, type EntityManager } from 'typeorm';
import type { Context } from '../../context.ts';
import type {
  ApproveAssignmentInput,
  AssignCaseManagerInput,
  AssignToCaseInput,
  EndAssignmentInput,
} from '../../generated/graphql.ts';
import { StaffMemberEntity } from '../../workforce/case-manager/case-manager.entity.ts';
import { canLeadCases, type StaffMember } from '../../workforce/case-manager/case-manager.ts';
import { readsFile, supervises } from '../../workforce/case-manager/personnel.ts';
import { findLoad } from '../../workforce/caseload/caseload.entity.ts';
import { CaseFileEntity } from '../case-file/case-file.entity.ts';
import { isOpen, type CaseFile } from '../case-file/case-file.ts';
import { findMatch } from '../suggestion/find-match.ts';
import { AssignmentEntity } from './assignment.entity.ts';
import {
  assignPrimary,
  canHave,
  endedFact,
  joinTeam,
  neededRoles,
  refusalOf,
  type Assignment,
} from './assignment.ts';
import { blocked } from './assignment.problems.ts';
import { findStaffing, lockStaff } from './staffing.ts';

/** Assigning the case manager who leads the case already changes nothing and notifies nobody. */
export const assignCaseManager = (context: Context, input: AssignCaseManagerInput) =>
  command(
    context,
    { name: 'assignCaseManager', input, lock: [CaseFileEntity, input.caseId], part: 'CASE' },
    async (caseFile, { tx, now, viewer }) => {
      if (!isOpen(caseFile)) return invalidTransition(caseFile.status, 'assignCaseManager', []);
      const to = await findTeamMember(tx, viewer, input.caseManagerId);
      if (!to) return invalidInput([noTeamMember]);
      const previous = await findPrimary(tx, caseFile.id);
      if (previous?.caseManagerId === to.id) return { update: caseFile };

      const at = { now, timeZone: context.timeZone };
      await lockStaff(tx, [to.id, ...(previous ? [previous.caseManagerId] : [])]);
      const [staffing] = await findStaffing(tx, [to], at);
      const load = await findLoad(tx, caseFile.id);
      if (!staffing || !load) throw new Error('A case manager has limits, and a case has a weight');
      // Nobody lets the own caseload pass its limit.
      const overReason = to.id === viewer.id ? null : (input.approveOver ?? null);
      const refusal = refusalOf(staffing.gate, { ...staffing, load }, overReason !== null);
      if (refusal) return refusal;

      const isOver = refusalOf(staffing.gate, { ...staffing, load }, false) !== null;
      const match = await findMatch(tx, caseFile, staffing, load);
      const by = { to, by: viewer.id, reason: input.reason ?? null, match };
      const { assignment, fact } = assignPrimary(
        caseFile,
        { ...by, overReason: isOver ? overReason : null },
        now,
      );
      return { facts: [fact], also: () => replacePrimary(tx, previous, assignment) };
    },
  );

/** Gives somebody a role on the case in addition to the primary one. The same role twice changes nothing. */
export const assignToCase = (context: Context, input: AssignToCaseInput) =>
  command(
    context,
    { name: 'assignToCase', input, lock: [CaseFileEntity, input.caseId], part: 'CASE' },
    async (caseFile, { tx, now, viewer }) => {
      if (!isOpen(caseFile)) return invalidTransition(caseFile.status, 'assignToCase', []);
      const staff = await tx.findOneBy(StaffMemberEntity, { id: input.staffId });
      const refusal = await teamFault({ tx, viewer }, staff, input, { now, timeZone: context.timeZone });
      if (refusal || !staff) return refusal ?? invalidInput([noStaff]);
      const known = { caseId: caseFile.id, caseManagerId: staff.id, role: input.role, endedAt: IsNull() };
      if (await tx.existsBy(AssignmentEntity, known)) return { update: caseFile };

      const joining = { staffId: staff.id, role: input.role, by: viewer.id, reason: input.reason ?? null };
      const { assignment, fact } = joinTeam(caseFile, joining, now);
      return { facts: [fact], also: () => tx.insert(AssignmentEntity, assignment) };
    },
  );

/** An assignment and its case, locked together, the case first. */
interface Seen {
  row: CaseFile;
  assignment: Assignment;
}

/** Ends a role. The end of the primary one leaves the case in the queue: only a supervisor may decide that. */
export const endAssignment = (context: Context, input: EndAssignmentInput) =>
  command(
    context,
    {
      ...{ name: 'endAssignment', input, part: 'CASE', what: 'Assignment' },
      lock: [CaseFileEntity, input.assignmentId, findWithCase],
    },
    ({ row: caseFile, assignment }: Seen, { tx, now, viewer }) => {
      const isSupervisor = viewer.roles.includes('SUPERVISOR');
      const isOver = assignment.endedAt !== null || !isOpen(caseFile);
      if (isOver || (assignment.role === 'PRIMARY' && !isSupervisor))
        return invalidTransition(isOver ? 'ENDED' : 'PRIMARY', 'endAssignment', []);
      const end = { endedAt: now, endedBy: viewer.id, endReason: input.reason };
      return {
        facts: [endedFact(assignment, now)],
        also: () => tx.update(AssignmentEntity, { id: assignment.id }, end),
      };
    },
  );

/** A supervisor lets a caseload pass its limit that was full when the case manager registered a person. */
export const approveAssignment = (context: Context, input: ApproveAssignmentInput) =>
  command(
    context,
    {
      ...{ name: 'approveAssignment', input, part: 'CASE', what: 'Assignment' },
      lock: [CaseFileEntity, input.assignmentId, findWithCase],
    },
    async ({ row: { id: caseId, clientId }, assignment }: Seen, { tx, now, viewer }) => {
      const staff = await tx.findOneBy(StaffMemberEntity, { id: assignment.caseManagerId });
      const decides = staff && staff.id !== viewer.id && (await looksAfter(tx, viewer, staff));
      if (!assignment.needsApproval || !decides)
        return invalidTransition('APPROVED', 'approveAssignment', []);
      const approved = { needsApproval: false, overApprovedBy: viewer.id, overReason: input.reason };
      return {
        facts: [caseFacts.assignmentApproved.of(clientId, now, { clientId, caseId })],
        also: () => tx.update(AssignmentEntity, { id: assignment.id }, approved),
      };
    },
  );

/** The supervisor of the person, or another one who stands in for that supervisor. */
async function looksAfter(tx: EntityManager, viewer: Viewer, staff: StaffMember): Promise<boolean> {
  if (supervises(viewer, staff)) return true;
  const { supervisorId } = staff;
  if (!supervisorId || !hasRole(viewer, 'SUPERVISOR')) return false;
  return tx.existsBy(StaffMemberEntity, { id: supervisorId, coverId: viewer.id });
}

const noTeamMember = {
  path: 'caseManagerId',
  code: 'UNKNOWN',
  message: 'There is no such case manager in your team.',
};
const noStaff = { path: 'staffId', code: 'UNKNOWN', message: 'There is no such active member of staff.' };
const unavailable = {
  path: 'staffId',
  code: 'UNAVAILABLE',
  message: 'This person takes no new cases now: choose somebody else, or ask the supervisor of the person.',
};

/** Somebody of the supervisor's team, or the supervisor, when that person leads cases, too. */
async function findTeamMember(tx: EntityManager, viewer: Viewer, id: string): Promise<StaffMember | null> {
  const staff = await tx.findOneBy(StaffMemberEntity, { id });
  if (!staff || !canLeadCases(staff)) return null;
  return staff.supervisorId === viewer.id || staff.id === viewer.id ? staff : null;
}

/**
 * Why somebody cannot have the role; a case manager with an expired credential takes no new cases in any role. The
 * credential itself is told only to those who may read the personnel file. Source: infra/reference/domain.md 1.3.
 */
async function teamFault(
  { tx, viewer }: Pick<Tools, 'tx' | 'viewer'>,
  staff: StaffMember | null,
  { role }: AssignToCaseInput,
  at: { now: Date; timeZone: string },
): Promise<Problem | null> {
  if (!staff?.active) return invalidInput([noStaff]);
  if (!canHave(role, staff)) {
    const message = `This role on a case needs one of these roles: ${neededRoles[role].join(', ')}.`;
    return invalidInput([{ path: 'staffId', code: 'ROLE_MISSING', message }]);
  }
  const isManager = (role === 'SECONDARY' || role === 'BACKUP') && !staff.roles.includes('CLINICIAN');
  const [staffing] = isManager ? await findStaffing(tx, [staff], at) : [];
  if (!staffing || staffing.gate.isOpen) return null;
  return readsFile(viewer, staff) ? blocked(staffing.gate.reason) : invalidInput([unavailable]);
}

function findPrimary(tx: EntityManager, caseId: string): Promise<Assignment | null> {
  return tx.findOneBy(AssignmentEntity, { caseId, role: 'PRIMARY', endedAt: IsNull() });
}

async function findWithCase(tx: EntityManager, id: string): Promise<Seen | null> {
  const known = isUuid(id) ? await tx.findOneBy(AssignmentEntity, { id }) : null;
  const row = known && (await lockRow(tx, CaseFileEntity, known.caseId));
  const assignment = row && (await lockRow(tx, AssignmentEntity, id));
  return assignment && { row, assignment };
}

/** The end comes first: the database allows one primary at a time. */
async function replacePrimary(
  tx: EntityManager,
  previous: Assignment | null,
  next: Assignment,
): Promise<void> {
  const end = { endedAt: next.startedAt, endedBy: next.assignedBy, endReason: next.reason };
  if (previous) await tx.update(AssignmentEntity, { id: previous.id }, end);
  await tx.insert(AssignmentEntity, next);
}
