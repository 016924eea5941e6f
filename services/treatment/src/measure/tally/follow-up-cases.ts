import { addDays, dayIn } from '@throughline/privacy';
import type { Obligation } from '../../aftercare/obligation/obligation.ts';
import type { History } from '../history/history.ts';
import { counted, type Counted } from './measure-case.ts';

/** The last day of engagement: 13 days of initiation and 34 after it. */
const ENGAGEMENT_DAYS = 13 + 34;

/**
 * Follow-ups after discharges, emergency visits and new episodes. Each counts when its window is over, so that what was
 * done early does not look better than it is. Source: infra/reference/domain.md 5.1, 5.3.
 */
export function followUpCases({ obligations, timeZone }: History): Counted[] {
  const live = obligations.filter(({ status }) => status !== 'CANCELLED');
  return live.flatMap((one) => {
    if (one.kind === 'IET_ENGAGEMENT') return [];
    if (one.kind !== 'IET_INITIATION') return [rowOf(one, timeZone)];
    return [rowOf(one, timeZone), engagementOf(one, live, timeZone)];
  });
}

function rowOf(obligation: Obligation, timeZone: string): Counted {
  const { id, kind: measure, triggeredAt: at, dueOn, status, excludedFor } = obligation;
  const spec = measure === 'IET_INITIATION' ? 'HEDIS_IET' : 'ALIGNED';
  return counted({
    ...{ measure, spec, key: id, subjectType: 'FollowUpObligation', subjectId: id, at },
    ...{ startsOn: dayIn(timeZone, at), countsFrom: addDays(dueOn, 1), met: status === 'MET', excludedFor },
  });
}

/** Engagement has the denominator of initiation: an episode that was never initiated was not engaged either. */
function engagementOf(initiation: Obligation, all: readonly Obligation[], timeZone: string): Counted {
  const engagement = all.find(
    ({ kind, sourceId }) => kind === 'IET_ENGAGEMENT' && sourceId === initiation.sourceId,
  );
  const startsOn = dayIn(timeZone, initiation.triggeredAt);
  return counted({
    ...rowOf(initiation, timeZone),
    ...{ measure: 'IET_ENGAGEMENT', met: engagement?.status === 'MET' },
    countsFrom: addDays(startsOn, ENGAGEMENT_DAYS + 1),
    excludedFor: initiation.excludedFor ?? engagement?.excludedFor ?? null,
  });
}
