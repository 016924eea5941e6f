import { caseManagerAssigned, uuidV7, type Fact } from '@throughline/events';
import type { StaffMember } from '../../workforce/case-manager/case-manager.ts';
import type { CaseFile } from './case-file.ts';

export interface Assignment {
  id: string;
  caseId: string;
  clientId: string;
  caseManagerId: string;
  role: 'PRIMARY' | 'SECONDARY' | 'BACKUP' | 'PEER';
  startedAt: Date;
  endedAt: Date | null;
  reason: string | null;
  assignedBy: string;
}

/** New primary case manager, the person who decided, and the reason. */
export interface NewPrimary {
  to: Pick<StaffMember, 'id' | 'supervisorId'>;
  by: string;
  reason: string | null;
}

/**
 * Makes a case manager the one primary. The previous assignment ends at the same moment.
 * Source: infra/reference/domain.md 1.2 (exactly one primary or the queue).
 */
export function assignPrimary(
  { id: caseId, clientId }: Pick<CaseFile, 'id' | 'clientId'>,
  { to, by, reason }: NewPrimary,
  now: Date,
): { assignment: Assignment; fact: Fact } {
  const assignment: Assignment = {
    id: uuidV7(now),
    caseId,
    clientId,
    caseManagerId: to.id,
    role: 'PRIMARY',
    startedAt: now,
    endedAt: null,
    reason,
    assignedBy: by,
  };
  const fact = caseManagerAssigned.of(clientId, now, {
    clientId,
    caseId,
    caseManagerId: to.id,
    supervisorId: to.supervisorId,
  });
  return { assignment, fact };
}

/** The case waits in the unassigned queue. */
export function leaveUnassigned(
  { id: caseId, clientId }: Pick<CaseFile, 'id' | 'clientId'>,
  now: Date,
): Fact {
  return caseManagerAssigned.of(clientId, now, {
    clientId,
    caseId,
    caseManagerId: null,
    supervisorId: null,
  });
}
