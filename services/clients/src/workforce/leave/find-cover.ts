import { isUuid } from '@throughline/graphql';
import type { Moment } from '@throughline/privacy';
import type { EntityManager } from 'typeorm';
import { StaffMemberEntity } from '../case-manager/case-manager.entity.ts';
import { findHeld } from '../credential/credential.entity.ts';
import { gateOf } from '../credential/gate.ts';
import { StaffLeaveEntity } from './leave.entity.ts';

/** An active member of staff who shall stand in, with absences and the gate of the credentials; null: there is none such. */
export async function findCover(tx: EntityManager, staffId: string, at: Moment) {
  if (!isUuid(staffId)) return null;
  const staff = await tx.findOneBy(StaffMemberEntity, { id: staffId, active: true });
  if (!staff) return null;
  const held = (await findHeld(tx, [staff.id])).get(staff.id) ?? [];
  const leaves = await tx.findBy(StaffLeaveEntity, { staffId: staff.id });
  return { staff, gate: gateOf(staff, held, at), leaves };
}
