import { command, ownerFirst } from '@throughline/command';
import { isProblem } from '@throughline/graphql/problems';
import type { Context } from '../../context.ts';
import type { CancelLeaveInput, RecordLeaveInput } from '../../generated/graphql.ts';
import { StaffMemberEntity } from '../case-manager/case-manager.entity.ts';
import type { StaffMember } from '../case-manager/case-manager.ts';
import { readsFile } from '../case-manager/personnel.ts';
import { findCover } from './find-cover.ts';
import { keepStanding } from './keep-standing.ts';
import { StaffLeaveEntity } from './leave.entity.ts';
import { cancelLeave as cancel, recordLeave as decide, type StaffLeave } from './leave.ts';

/** Locks the member of staff, so that two absences cannot be recorded for the same days. */
export const recordLeave = (context: Context, input: RecordLeaveInput) =>
  command(
    context,
    {
      ...{ name: 'recordLeave', input, creates: StaffLeaveEntity },
      lock: [StaffMemberEntity, input.staffId],
      may: (_care, staff: StaffMember) => readsFile(context.viewer, staff),
    },
    async (staff, { tx, now, viewer }) => {
      const at = { now, timeZone: context.timeZone };
      const { startsOn, endsOn } = input;
      const coverId = input.coverId ?? null;
      const own = await tx.findBy(StaffLeaveEntity, { staffId: staff.id });
      const found = coverId ? await findCover(tx, coverId, at) : null;
      const cover = found && { ...found, mayExplain: readsFile(viewer, found.staff) };
      const draft = { staffId: staff.id, startsOn, endsOn, coverId };
      const decided = decide(draft, viewer.id, { away: staff, own, cover }, at);
      return isProblem(decided)
        ? decided
        : { ...decided, also: () => keepStanding(tx, context.cause, staff, at) };
    },
  );

const withStaff = ownerFirst(StaffLeaveEntity, 'staffId', StaffMemberEntity);

/** Locks the member of staff before the absence, as recording does. */
export const cancelLeave = (context: Context, input: CancelLeaveInput) =>
  command(
    context,
    {
      ...{ name: 'cancelLeave', input, lock: [StaffLeaveEntity, input.id, withStaff] },
      clientOf: () => null,
      may: (_care, { owner: staff }: { row: StaffLeave; owner: StaffMember }) =>
        readsFile(context.viewer, staff),
    },
    ({ row, owner: staff }, { tx, now }) => {
      const at = { now, timeZone: context.timeZone };
      const decided = cancel(row, at);
      return isProblem(decided)
        ? decided
        : { ...decided, also: () => keepStanding(tx, context.cause, staff, at) };
    },
  );
