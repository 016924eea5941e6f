import { caseFacts, caseGaps } from '@throughline/events';
import { on, type Reaction, type Received } from '@throughline/messaging';
import type { EntityManager } from 'typeorm';
import type { NotificationCode } from '../../inbox/notification/notification.ts';
import { notify, type Desk } from './notify.ts';
import { findTeam } from './team-of.ts';

/** Steps of a case that need somebody to act. */
const stepCodes = {
  holdReviewDue: 'HOLD_REVIEW_DUE',
  waitReviewDue: 'WAITLIST_REVIEW_DUE',
  attemptsFailed: 'FAILED_ATTEMPTS',
} as const satisfies Partial<Record<keyof typeof caseFacts, NotificationCode>>;

/** Gaps of the safety net. Source: infra/reference/domain.md 0 (S13), 6.2. */
const gapCodes = {
  contactOverdue: 'CADENCE_MISSED',
  contactLongOverdue: 'CONTACT_LONG_OVERDUE',
  withoutOwner: 'CARE_GAP',
  withoutNextContact: 'CARE_GAP',
  unassignedFourHours: 'UNASSIGNED_CASE',
  unassignedBusinessDay: 'UNASSIGNED_CASE',
} as const satisfies Record<keyof typeof caseGaps, NotificationCode>;

interface AboutCase {
  caseId: string;
  clientId: string;
}

/** Tells the people who work with the client today of what is due or missing in a case. */
export function onCaseTimers(desk: Desk): Reaction[] {
  return [
    ...Object.entries(stepCodes).map(([step, code]) =>
      on(caseFacts[step as keyof typeof stepCodes], (tx, fact, received) =>
        tell(tx, desk, received, { ...fact, code }),
      ),
    ),
    ...Object.entries(gapCodes).map(([gap, code]) =>
      on(caseGaps[gap as keyof typeof gapCodes], (tx, fact, received) =>
        tell(tx, desk, received, { ...fact, code }),
      ),
    ),
  ];
}

/** While nobody leads the case, those who can assign it are told. */
async function tell(
  tx: EntityManager,
  desk: Desk,
  received: Received,
  { caseId, clientId, code }: AboutCase & { code: NotificationCode },
): Promise<void> {
  const team = await findTeam(tx, clientId);
  const told = team?.caseManagerId ? code : 'UNASSIGNED_CASE';
  await notify(tx, desk, received, { code: told, subjectId: caseId, clientId, named: team ?? {} });
}
