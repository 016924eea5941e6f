import { staffQualificationTold, type Fact } from '@throughline/events';
import type { Moment } from '@throughline/privacy';
import type { EntityManager } from 'typeorm';
import type { StaffMember } from '../case-manager/case-manager.ts';
import { findHeld } from './credential.entity.ts';
import { gateOf } from './gate.ts';

/**
 * Whether a verified credential qualifies somebody, as the transaction sees it: for services that ask a supervisor to
 * sign for trainees. Source: infra/reference/domain.md 1.3.
 */
export async function qualificationFact(
  tx: EntityManager,
  staff: Pick<StaffMember, 'id' | 'supervisorId'>,
  at: Moment,
): Promise<Fact> {
  const held = (await findHeld(tx, [staff.id])).get(staff.id) ?? [];
  const isQualified = gateOf(staff, held, at).reason === 'QUALIFIED';
  return staffQualificationTold.of(staff.id, at.now, { staffId: staff.id, isQualified });
}
