import { command } from '@throughline/command';
import { isUuid } from '@throughline/graphql';
import { LessThan, MoreThan } from 'typeorm';
import type { Context } from '../../context.ts';
import type { PlanOnCallInput } from '../../generated/graphql.ts';
import { StaffEntity } from '../../inbox/staff/staff.entity.ts';
import { OnCallEntity } from './on-call.entity.ts';
import { onCallFaults, planOnCall as decide } from './on-call.ts';

/** The row of the member of staff is locked, so that two plans at once see each other. */
export const planOnCall = (context: Context, input: PlanOnCallInput) =>
  command(
    context,
    { name: 'planOnCall', input, creates: OnCallEntity, check: (now) => onCallFaults(input, now) },
    async (_none, { tx, now, viewer }) => {
      const { staffId, from, until } = input;
      const lock = { mode: 'for_no_key_update' } as const;
      const staff = isUuid(staffId) ? await tx.findOne(StaffEntity, { where: { id: staffId }, lock }) : null;
      const meanwhile = { staffId, from: LessThan(until), until: MoreThan(from) };
      const overlaps = staff !== null && (await tx.existsBy(OnCallEntity, meanwhile));
      return decide({ staffId, from, until }, { staff, overlaps }, { id: viewer.id, now });
    },
  );
