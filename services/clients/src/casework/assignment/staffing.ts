import { forbidden, type Forbidden } from '@throughline/graphql/problems';
import type { Moment } from '@throughline/privacy';
import type { EntityManager } from 'typeorm';
import type { StaffMember } from '../../workforce/case-manager/case-manager.ts';
import { caseloadOf, type Limits, type Load } from '../../workforce/caseload/caseload.ts';
import { findLoads } from '../../workforce/caseload/caseload.entity.ts';
import { findHeld } from '../../workforce/credential/credential.entity.ts';
import { gateOf, type Gate } from '../../workforce/credential/gate.ts';
import { AssignmentEntity } from './assignment.entity.ts';
import { blocked } from './assignment.problems.ts';
import { assignPrimary, type Assignment } from './assignment.ts';
import type { CaseFile } from '../case-file/case-file.ts';

/** Whether somebody may take cases now, and what the person has. */
export interface Staffing {
  staff: StaffMember;
  gate: Gate;
  loads: Load[];
  limits: Limits;
}

/** Gate and caseload of each of the staff: four statements for any number. */
export async function findStaffing(
  db: EntityManager,
  staff: readonly StaffMember[],
  at: Moment,
): Promise<Staffing[]> {
  const ids = staff.map(({ id }) => id);
  const held = await findHeld(db, ids);
  const found = await findLoads(db, ids);
  return staff.flatMap((one) => {
    const own = found.get(one.id);
    return own ? [{ staff: one, gate: gateOf(one, held.get(one.id) ?? [], at), ...own }] : [];
  });
}

/**
 * Locks staff, in order of id, so that two assignments at once cannot both find room for one case. References to the
 * rows are still possible meanwhile.
 */
export async function lockStaff(tx: EntityManager, ids: readonly string[]): Promise<void> {
  await tx.query('select id from case_manager where id = any($1::uuid[]) order by id for no key update', [
    [...new Set(ids)].sort(),
  ]);
}

/** A case manager who opens a case leads it, unless the credential allows no new cases. */
export async function takeOwnCase(
  tx: EntityManager,
  caseFile: Pick<CaseFile, 'id' | 'clientId'>,
  staff: StaffMember,
  at: Moment,
): Promise<ReturnType<typeof assignPrimary> | Forbidden> {
  const gate = gateOf(staff, (await findHeld(tx, [staff.id])).get(staff.id) ?? [], at);
  if (!gate.isOpen) return forbidden(`${blocked(gate.reason).message} Somebody of intake can open the case.`);
  return assignPrimary(caseFile, { to: staff, by: staff.id, reason: null }, at.now);
}

/**
 * Inserts the assignment of a case manager who opened the case. A person is never left without case manager because a
 * caseload is full: the assignment counts at once and waits for the approval of the supervisor.
 * Source: infra/reference/domain.md 1.4.
 */
export async function insertOwnCase(tx: EntityManager, assignment: Assignment): Promise<void> {
  await lockStaff(tx, [assignment.caseManagerId]);
  await tx.insert(AssignmentEntity, assignment);
  const own = (await findLoads(tx, [assignment.caseManagerId])).get(assignment.caseManagerId);
  if (own && caseloadOf(own.loads, own.limits).band === 'OVER')
    await tx.update(AssignmentEntity, { id: assignment.id }, { needsApproval: true });
}
