import { lockRow, writeChange } from '@throughline/command';
import { type Cause, ownCause } from '@throughline/events';
import { schedule, unschedule, type Job } from '@throughline/messaging';
import type { Moment } from '@throughline/privacy';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { StaffMemberEntity } from '../case-manager/case-manager.entity.ts';
import { standingFact, type StaffMember } from '../case-manager/case-manager.ts';
import { coverFault } from './cover.ts';
import { findCover } from './find-cover.ts';
import { StaffLeaveEntity } from './leave.entity.ts';
import { nextTurn, standingAt } from './leave.ts';

export const leaveJob = 'staff.leave';

const payloadShape = z.object({ staffId: z.uuid() });

/** Writes whether the locked member of staff is away now, tells a change, and sets the timer for the next turn. */
export async function keepStanding(
  tx: EntityManager,
  cause: Cause,
  staff: StaffMember,
  at: Moment,
): Promise<void> {
  const leaves = await tx.findBy(StaffLeaveEntity, { staffId: staff.id });
  const { away, coverId } = standingAt(leaves, at);
  const standsIn = coverId ? await canStandIn(tx, staff, { coverId, at }) : false;
  const update = { ...staff, away, coverId: standsIn ? coverId : null };
  const change = { update, facts: [standingFact(update, at.now)] };
  await writeChange(tx, cause, [StaffMemberEntity, staff], change);

  const jobKey = `${leaveJob}:${staff.id}`;
  const runAt = nextTurn(leaves, at);
  if (runAt) await schedule(tx, leaveJob, { staffId: staff.id }, { runAt, jobKey });
  else await unschedule(tx, jobKey);
}

/** Whether the person may do the work now, also when the absence was recorded long ago. */
async function canStandIn(
  tx: EntityManager,
  away: StaffMember,
  { coverId, at }: { coverId: string; at: Moment },
): Promise<boolean> {
  const cover = await findCover(tx, coverId, at);
  return cover !== null && coverFault(away, { ...cover, mayExplain: false }) === null;
}

/** The first moment of an absence, or the first one after it. Run twice it does nothing more. */
export function turnLeave({ now, timeZone }: { now: () => Date; timeZone: string }): Job {
  return (payload, { dataSource }) =>
    dataSource.transaction(async (tx) => {
      const staff = await lockRow(tx, StaffMemberEntity, payloadShape.parse(payload).staffId);
      if (!staff) return;
      const at = { now: now(), timeZone };
      const cause = ownCause('clients', at.now);
      await keepStanding(tx, cause, staff, at);
    });
}
