import { daysAfter, type DriverSource } from '../../assessment/risk/drivers.ts';
import { StayEntity } from './stay.entity.ts';
import { isBed } from './stay.ts';

const DISCHARGE_DAYS = 30;

/** A discharge from a setting with a bed counts for 30 days. Source: infra/reference/domain.md 4.6. */
export const stayDrivers: DriverSource = async (tx, clientId, { now }) => {
  const stays = await tx.findBy(StayEntity, { clientId });
  const ends = stays.filter(
    (stay) => isBed(stay) && stay.dischargeType !== null && stay.dischargeType !== 'DIED',
  );
  const last = ends.sort((a, b) => Number(b.endedAt) - Number(a.endedAt))[0];
  const until = last?.endedAt ? daysAfter(last.endedAt, DISCHARGE_DAYS) : null;
  if (!last || !until || until <= now) return [];
  return [{ code: 'DISCHARGED_30_DAYS', sourceType: 'Stay', sourceId: last.id, until }];
};
