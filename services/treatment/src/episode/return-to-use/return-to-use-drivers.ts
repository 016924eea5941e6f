import { addDays, endOfDay } from '@throughline/privacy';
import type { DriverSource } from '../../assessment/risk/drivers.ts';
import { ReturnToUseEntity } from './return-to-use.entity.ts';

const OVERDOSE_DAYS = 7;

/** An overdose counts for seven days. Source: infra/reference/domain.md 4.6. */
export const returnToUseDrivers: DriverSource = async (tx, clientId, { now, timeZone }) => {
  const last = await tx.findOne(ReturnToUseEntity, {
    where: { clientId, wasOverdose: true },
    order: { on: 'DESC', id: 'DESC' },
  });
  const until = last && endOfDay(addDays(last.on, OVERDOSE_DAYS), timeZone);
  if (!last || !until || until <= now) return [];
  return [{ code: 'OVERDOSE_7_DAYS', sourceType: 'ReturnToUse', sourceId: last.id, until }];
};
