import { addDays } from '@throughline/privacy';
import { isBed, READMISSION_DAYS, type Stay } from '../../episode/stay/stay.ts';
import { dayOf, diedAt, reachedAt, type History } from '../history/history.ts';
import { counted, type Counted } from './measure-case.ts';

type Left = Stay & { endedAt: Date };

const hour = 3_600_000;
const acute: readonly string[] = ['HOSPITAL', 'PSYCH_HOSPITAL'];
/** Hours after a discharge by which somebody should have reached the client. */
const contacts = { CONTACT_24H: 24, CONTACT_72H: 72, CONTACT_7D: 7 * 24, CONTACT_30D: 30 * 24 } as const;

/** A stay that ended while the treatment goes on at another level is no discharge. */
const left = (stay: Stay): stay is Left => stay.endedAt !== null && stay.dischargeType !== null;

/** Unplanned returns to acute care within 30 days. Source: infra/reference/domain.md 5.1 (readmission). */
export function readmissionCases(history: History): Counted[] {
  return history.stays.filter(left).flatMap((stay) => {
    if (!acute.includes(stay.setting)) return [];
    const startsOn = dayOf(history, stay.endedAt);
    const next = history.stays.filter(
      (other) => other.id !== stay.id && acute.includes(other.setting) && other.startedAt >= stay.endedAt,
    );
    const within = (days: number) => (other: Stay) =>
      dayOf(history, other.startedAt) <= addDays(startsOn, days);
    const isTransfer = next.some(within(1));
    return counted({
      ...{ measure: 'READMISSION', key: stay.id, subjectType: 'Stay', subjectId: stay.id, startsOn },
      ...{ at: stay.endedAt, countsFrom: addDays(startsOn, READMISSION_DAYS + 1) },
      met: next.some((other) => !other.planned && within(READMISSION_DAYS)(other)),
      excludedFor: stay.dischargeType === 'DIED' ? 'DIED' : isTransfer ? 'TRANSFERRED' : null,
    });
  });
}

/** Contacts that reached the client after a discharge, not attempts. Source: infra/reference/domain.md 5.2, 6.1. */
export function contactAfterCases(history: History): Counted[] {
  const reached = reachedAt(history);
  const died = diedAt(history);
  return history.stays.filter(left).flatMap((stay) => {
    if (!isBed(stay) || stay.dischargeType === 'DIED') return [];
    return Object.entries(contacts).map(([measure, hours]) => {
      const { id, endedAt } = stay;
      const due = new Date(endedAt.getTime() + hours * hour);
      const isBack = history.stays.some(
        (other) => other.id !== id && isBed(other) && other.startedAt >= endedAt && other.startedAt <= due,
      );
      return counted({
        ...{ measure: measure as keyof typeof contacts, key: id, subjectType: 'Stay', subjectId: id },
        ...{ at: endedAt, startsOn: dayOf(history, endedAt), countsFrom: addDays(dayOf(history, due), 1) },
        met: reached.some((at) => at > endedAt && at <= due),
        excludedFor: died && died <= due ? 'DIED' : isBack ? 'READMITTED' : null,
      });
    });
  });
}
