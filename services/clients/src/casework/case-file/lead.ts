import type { Fact } from '@throughline/events';
import type { Moment } from '@throughline/privacy';
import type { EntityManager } from 'typeorm';
import { StaffMemberEntity } from '../../workforce/case-manager/case-manager.entity.ts';
import { canLeadCases } from '../../workforce/case-manager/case-manager.ts';
import { findHeld } from '../../workforce/credential/credential.entity.ts';
import { gateOf } from '../../workforce/credential/gate.ts';
import { assignPrimary, leaveUnassigned, type Assignment } from '../assignment/assignment.ts';
import { CaseFileEntity } from './case-file.entity.ts';
import type { CaseFile } from './case-file.ts';

/** The newest case of a client, whatever its state. */
export function latestCase(tx: EntityManager, clientId: string): Promise<CaseFile | null> {
  return tx.findOne(CaseFileEntity, { where: { clientId }, order: { openedAt: 'DESC', id: 'DESC' } });
}

/** The primary assignment outlives the case that it belongs to; a new case begins without it. */
export async function endPrimary(tx: EntityManager, clientId: string, now: Date): Promise<void> {
  await tx.query(
    `update assignment set ended_at = greatest($2, started_at)
     where client_id = $1 and role = 'PRIMARY' and ended_at is null`,
    [clientId, now],
  );
}

/** The case manager who leads a new case, when that person can lead cases and the
 * credential allows new ones; otherwise the case waits in the queue. */
export async function leadOrQueue(
  tx: EntityManager,
  caseFile: CaseFile,
  { leaderId, by }: { leaderId: string | null; by: string },
  at: Moment,
): Promise<{ assignment: Assignment | null; fact: Fact }> {
  const staff = leaderId === null ? null : await tx.findOneBy(StaffMemberEntity, { id: leaderId });
  const gate = staff && gateOf(staff, (await findHeld(tx, [staff.id])).get(staff.id) ?? [], at);
  if (!staff || !canLeadCases(staff) || !gate?.isOpen)
    return { assignment: null, fact: leaveUnassigned(caseFile, at.now) };
  return assignPrimary(caseFile, { to: staff, by, reason: null }, at.now);
}
