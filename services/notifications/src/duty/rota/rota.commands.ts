import { command } from '@throughline/command';
import { isUuid } from '@throughline/graphql';
import { In, IsNull, type EntityManager } from 'typeorm';
import type { Context } from '../../context.ts';
import type {
  ChangeOnCallRotaInput,
  EndOnCallRotaInput,
  StartOnCallRotaInput,
} from '../../generated/graphql.ts';
import { StaffEntity } from '../../inbox/staff/staff.entity.ts';
import type { Staff } from '../../inbox/staff/staff.ts';
import { OnCallRotaEntity } from './rota.entity.ts';
import { changeRota, endRota, rotaFaults, startRota } from './rota.ts';

/** Two rotas at the same moment may both be the last one that fits: one more than the limit does no harm. */
export const startOnCallRota = (context: Context, input: StartOnCallRotaInput) =>
  command(
    context,
    { name: 'startOnCallRota', input, creates: OnCallRotaEntity, check: () => rotaFaults(input) },
    async (_none, { tx, now, viewer }) => {
      const { name, startsOn, handOverAt, turnDays, staffIds } = input;
      const open = await tx.countBy(OnCallRotaEntity, { endedAt: IsNull() });
      const known = { staff: await staffAmong(tx, staffIds), open };
      const by = { id: viewer.id, now, timeZone: context.timeZone };
      return startRota({ name, startsOn, handOverAt, turnDays, staffIds }, known, by);
    },
  );

export const changeOnCallRota = (context: Context, input: ChangeOnCallRotaInput) =>
  command(
    context,
    {
      ...{ name: 'changeOnCallRota', input, clientOf: () => null, may: () => true },
      lock: [OnCallRotaEntity, input.id],
      check: () => rotaFaults(input),
    },
    async (rota, { tx }) => changeRota(rota, input.staffIds, { staff: await staffAmong(tx, input.staffIds) }),
  );

export const endOnCallRota = (context: Context, input: EndOnCallRotaInput) =>
  command(
    context,
    {
      ...{ name: 'endOnCallRota', input, clientOf: () => null, may: () => true },
      lock: [OnCallRotaEntity, input.id],
    },
    (rota, { now }) => endRota(rota, now),
  );

function staffAmong(tx: EntityManager, ids: readonly string[]): Promise<Staff[]> {
  return tx.findBy(StaffEntity, { id: In(ids.filter(isUuid)) });
}
