import { daysAfter, type DriverSource } from '../../assessment/risk/drivers.ts';
import { CrisisAlertEntity } from './crisis-alert.entity.ts';
import { openStates, type CrisisAlert } from './crisis-alert.ts';

/** How long after a crisis ended or began it counts: stable for 72 hours; an overdose for 7 days. */
const STABLE_DAYS = 3;
const OVERDOSE_DAYS = 7;

/** Source: infra/reference/domain.md 4.6. */
export const crisisDrivers: DriverSource = async (tx, clientId, { now }) => {
  const lately = daysAfter(now, -OVERDOSE_DAYS);
  const rows = await tx
    .createQueryBuilder(CrisisAlertEntity, 'c')
    .where('c.clientId = :clientId', { clientId })
    .andWhere('(c.state in (:...openStates) or c.openedAt > :lately or c.resolvedAt > :lately)', {
      openStates,
      lately,
    })
    .getMany();
  return rows.flatMap(driversOf).filter(({ until }) => until === null || until > now);
};

export function driversOf({ id: sourceId, level, cause, state, openedAt, resolvedAt }: CrisisAlert) {
  const driver = (code: string, until: Date | null) => ({ code, sourceType: 'CrisisAlert', sourceId, until });
  const isOpen = openStates.includes(state);
  const code = level === 1 ? 'OPEN_CRISIS' : 'URGENT_CRISIS';
  return [
    ...(level < 3 && isOpen ? [driver(code, null)] : []),
    ...(level < 3 && !isOpen && resolvedAt
      ? [driver('URGENT_CRISIS', daysAfter(resolvedAt, STABLE_DAYS))]
      : []),
    ...(cause === 'OVERDOSE' ? [driver('OVERDOSE_7_DAYS', daysAfter(openedAt, OVERDOSE_DAYS))] : []),
  ];
}
