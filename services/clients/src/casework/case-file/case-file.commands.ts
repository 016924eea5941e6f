import { command } from '@throughline/command';
import { invalidInput, invalidTransition, isProblem } from '@throughline/graphql/problems';
import type { Viewer } from '@throughline/graphql';
import { IsNull, type EntityManager } from 'typeorm';
import type { Context } from '../../context.ts';
import type { AssignCaseManagerInput, CloseCaseInput } from '../../generated/graphql.ts';
import { ClientEntity } from '../../people/client/client.entity.ts';
import { StaffMemberEntity } from '../../workforce/case-manager/case-manager.entity.ts';
import { canLeadCases, type StaffMember } from '../../workforce/case-manager/case-manager.ts';
import { assignPrimary, type Assignment } from './assignment.ts';
import { AssignmentEntity, CaseFileEntity } from './case-file.entity.ts';
import { closeCase as close, isOpen } from './case-file.ts';

/** Assigning the case manager who leads the case already changes nothing and notifies nobody. */
export const assignCaseManager = (context: Context, input: AssignCaseManagerInput) =>
  command(
    context,
    { name: 'assignCaseManager', input, lock: [CaseFileEntity, input.caseId], part: 'CASE' },
    async (caseFile, { tx, now, viewer }) => {
      if (!isOpen(caseFile)) return invalidTransition(caseFile.status, 'assignCaseManager', []);
      const to = await findTeamMember(tx, viewer, input.caseManagerId);
      if (!to) return invalidInput([noTeamMember]);

      const where = { caseId: caseFile.id, role: 'PRIMARY' as const, endedAt: IsNull() };
      const previous = await tx.findOneBy(AssignmentEntity, where);
      if (previous?.caseManagerId === to.id) return { update: caseFile };
      const by = { to, by: viewer.id, reason: input.reason ?? null };
      const { assignment, fact } = assignPrimary(caseFile, by, now);
      return { facts: [fact], also: () => replacePrimary(tx, previous, assignment) };
    },
  );

/** The last case manager of a closed case can still read it. */
export const closeCase = (context: Context, input: CloseCaseInput) =>
  command(
    context,
    { name: 'closeCase', input, lock: [CaseFileEntity, input.caseId], part: 'CASE' },
    (caseFile, { tx, now }) => {
      const closed = close(caseFile, input.reason, now);
      if (isProblem(closed)) return closed;
      const status = input.reason === 'DECEASED' ? ('DECEASED' as const) : ('CLOSED' as const);
      const client = { status, version: () => 'version + 1' };
      return { ...closed, also: () => tx.update(ClientEntity, { id: caseFile.clientId }, client) };
    },
  );

const noTeamMember = {
  path: 'caseManagerId',
  code: 'UNKNOWN',
  message: 'There is no such case manager in your team.',
};

/** Somebody of the supervisor's team, or the supervisor, when that person leads cases, too. */
async function findTeamMember(tx: EntityManager, viewer: Viewer, id: string): Promise<StaffMember | null> {
  const staff = await tx.findOneBy(StaffMemberEntity, { id });
  if (!staff || !canLeadCases(staff)) return null;
  return staff.supervisorId === viewer.id || staff.id === viewer.id ? staff : null;
}

/** The end comes first: the database allows one primary at a time. */
async function replacePrimary(
  tx: EntityManager,
  previous: Assignment | null,
  next: Assignment,
): Promise<void> {
  if (previous) await tx.update(AssignmentEntity, { id: previous.id }, { endedAt: next.startedAt });
  await tx.insert(AssignmentEntity, next);
}
