import { command } from '@throughline/command';
import { uuidV7 } from '@throughline/events';
import { isUuid } from '@throughline/graphql';
import { invalidInput, invalidTransition } from '@throughline/graphql/problems';
import { schedule } from '@throughline/messaging';
import { In, type EntityManager } from 'typeorm';
import type { Context } from '../../context.ts';
import type { ReassignCasesInput } from '../../generated/graphql.ts';
import { StaffMemberEntity } from '../../workforce/case-manager/case-manager.entity.ts';
import { canLeadCases, type StaffMember } from '../../workforce/case-manager/case-manager.ts';
import { supervises } from '../../workforce/case-manager/personnel.ts';
import { findStaffing } from '../assignment/staffing.ts';
import { findMovingCases, ReassignmentEntity, type Reassignment } from './reassignment.entity.ts';
import { planReassignment, type Move } from './reassignment.ts';

export const reassignmentJob = 'casework.reassign';

/** Writes the plan and starts the work. Only one runs for a person; each case is looked at again when its turn comes. */
export const reassignCases = (context: Context, input: ReassignCasesInput) =>
  command(
    context,
    {
      ...{ name: 'reassignCases', input, creates: ReassignmentEntity },
      lock: [StaffMemberEntity, input.fromStaffId],
      may: (_care, staff: StaffMember) => supervises(context.viewer, staff),
      taken: () => invalidTransition('RUNNING', 'reassignCases', []),
    },
    async (from, { tx, now, viewer }) => {
      const at = { now, timeZone: context.timeZone };
      const receivers = await findReceivers(tx, input.to, { supervisorId: viewer.id, fromId: from.id });
      if (!receivers) return invalidInput([noTeamMember]);
      const overReason = input.approveOver ?? null;
      const staffing = await findStaffing(tx, receivers, at);
      const { moves } = planReassignment(await findMovingCases(tx, from.id), staffing, overReason !== null);
      const insert: Reassignment = {
        ...{ id: uuidV7(now), fromStaffId: from.id, reason: input.reason, overReason, status: 'RUNNING' },
        ...{ requestedBy: viewer.id, requestedAt: now, finishedAt: null, version: 1 },
        correlationId: context.cause.correlationId,
      };
      return { insert, also: () => begin(tx, insert, moves) };
    },
  );

export const noTeamMember = {
  path: 'to',
  code: 'UNKNOWN',
  message: 'Name 1 to 50 case managers of your team, and not the person whose cases move.',
};

/** Active case managers of the team; null when one of those named is none, or when nobody is named. */
export async function findReceivers(
  db: EntityManager,
  named: readonly string[],
  { supervisorId, fromId }: { supervisorId: string; fromId: string },
): Promise<StaffMember[] | null> {
  const ids = [...new Set(named.map((id) => id.toLowerCase()))];
  if (ids.length === 0 || ids.length > 50 || !ids.every(isUuid) || ids.includes(fromId)) return null;
  const staff = await db.findBy(StaffMemberEntity, { id: In(ids) });
  const fits = (one: StaffMember) =>
    canLeadCases(one) && (one.supervisorId === supervisorId || one.id === supervisorId);
  return staff.length === ids.length && staff.every(fits) ? staff : null;
}

async function begin(tx: EntityManager, { id }: Reassignment, moves: readonly Move[]): Promise<void> {
  await tx.query(
    `insert into reassignment_item (reassignment_id, position, case_id, client_id, to_staff_id, state, code)
     select $1, m.position, m."caseId", m."clientId", m."to", m.state, m.code
     from json_to_recordset($2::json) as m
       (position integer, "caseId" uuid, "clientId" uuid, "to" uuid, state text, code text)`,
    [id, JSON.stringify(moves.map((move, position) => ({ position, ...move })))],
  );
  await schedule(tx, reassignmentJob, { reassignmentId: id }, { jobKey: `${reassignmentJob}:${id}` });
}
