import type { Fact } from '@throughline/events';
import { invalidInput, invalidTransition, isUuid, type Problem } from '@throughline/graphql';
import { IsNull, type EntityManager } from 'typeorm';
import { CaseManagerEntity } from '../../workforce/case-manager/case-manager.entity.ts';
import { canLeadCases, type CaseManager } from '../../workforce/case-manager/case-manager.ts';
import { changeOne, type Change } from '../../change-one.ts';
import { mayWorkWith } from '../../people/client/client.access.ts';
import { ClientEntity } from '../../people/client/client.entity.ts';
import { fault, textFaults } from '../../people/client/personal-record.ts';
import type { Context } from '../../context.ts';
import type { AssignCaseManagerInput, CloseCaseInput } from '../../generated/graphql.ts';
import { requireRole } from '../../require-role.ts';
import { assignPrimary, type Assignment } from './assignment.ts';
import { AssignmentEntity, CaseFileEntity } from './case-file.entity.ts';
import { closeCase as close, isOpen, type CaseFile } from './case-file.ts';

const aCase = {
  entity: CaseFileEntity,
  what: 'CaseFile',
  clientIdOf: ({ clientId }: CaseFile) => clientId,
  may: mayWorkWith,
} satisfies Partial<Change<CaseFile>>;

/** Makes somebody of the supervisor's team (or the supervisor, where they lead cases too) the primary case manager. */
export function assignCaseManager(
  context: Context,
  input: AssignCaseManagerInput,
): Promise<CaseFile | Problem> {
  requireRole(context.viewer, 'SUPERVISOR');
  const change = { ...aCase, command: 'assignCaseManager', input: { ...input, id: input.caseId } };
  return changeOne(context, change, async (caseFile, tx) => {
    if (!isOpen(caseFile)) return invalidTransition(caseFile.status, 'assignCaseManager', []);
    const to = await findTeamMember(tx, context, input.caseManagerId);
    const faults = [
      ...(to ? [] : [fault('caseManagerId', 'UNKNOWN', 'There is no such case manager in your team.')]),
      ...textFaults('reason', input.reason ?? null, 200),
    ];
    if (!to || faults.length > 0) return invalidInput(faults);

    const where = { caseId: caseFile.id, role: 'PRIMARY' as const, endedAt: IsNull() };
    const previous = await tx.findOneBy(AssignmentEntity, where);
    const now = context.now();
    const by = { to, by: context.viewer.id, reason: input.reason ?? null };
    const { assignment, fact } = assignPrimary(caseFile, by, previous, now);
    return {
      row: { ...caseFile, version: caseFile.version + 1 },
      facts: [fact],
      also: () => replacePrimary(tx, previous, assignment),
    };
  });
}

/** Closes a case. The last case manager can still read it. */
export function closeCase(context: Context, input: CloseCaseInput): Promise<CaseFile | Problem> {
  requireRole(context.viewer, 'CASE_MANAGER', 'SUPERVISOR');
  const change = { ...aCase, command: 'closeCase', input: { ...input, id: input.caseId } };
  return changeOne(context, change, (caseFile, tx) => {
    const closed = close(caseFile, input.reason, context.now());
    if (!closed) return invalidTransition(caseFile.status, 'closeCase', []);
    const status = input.reason === 'DECEASED' ? ('DECEASED' as const) : ('CLOSED' as const);
    const facts: Fact[] = [closed.fact];
    return {
      row: closed.caseFile,
      facts,
      also: () =>
        tx.update(ClientEntity, { id: caseFile.clientId }, { status, version: () => 'version + 1' }),
    };
  });
}

async function findTeamMember(
  tx: EntityManager,
  { viewer }: Context,
  id: string,
): Promise<CaseManager | null> {
  const staff = isUuid(id) ? await tx.findOneBy(CaseManagerEntity, { id }) : null;
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
