import { addDays, dayIn } from '@throughline/privacy';
import { inOrder, type Told } from '../history/told.ts';
import type { MeasureCase } from './measure-case.ts';

/**
 * Days of a member of staff by the band of the caseload at the end of the day. The last stretch has no end while the person
 * works here. Source: infra/reference/domain.md 1.4, 5.2.
 */
export function caseloadCases(staffId: string, told: readonly Told[], timeZone: string): MeasureCase[] {
  const steps = inOrder(told);
  const teamId = steps.findLast(({ type }) => type === 'StaffRecorded')?.groupId ?? null;
  const left = steps.findLast(({ type }) => type === 'StaffRecorded');
  const leftOn = left?.yes === false ? dayIn(timeZone, left.at) : null;
  const bands = new Map(
    steps
      .filter(({ type }) => type === 'CaseloadBandChanged')
      .map(({ at, code }) => [dayIn(timeZone, at), code]),
  );
  const days = [...bands.keys()];
  return days.flatMap((startsOn, index) => {
    const next = days[index + 1];
    const until = next ? addDays(next, -1) : null;
    const endsOn = leftOn !== null && (until === null || until > leftOn) ? leftOn : until;
    if (endsOn !== null && endsOn < startsOn) return [];
    const level = bands.get(startsOn) ?? null;
    return {
      ...({ measure: 'CASELOAD_OVER', spec: 'ALIGNED', key: `${staffId} ${startsOn}` } as const),
      ...({
        subjectType: 'StaffMember',
        subjectId: staffId,
        startsOn,
        endsOn,
        countsFrom: startsOn,
      } as const),
      ...{ met: level === 'OVER', excludedFor: null, value: null, level },
      ...{ ownerId: staffId, clientId: null, staffId, teamId, program: null },
    };
  });
}
