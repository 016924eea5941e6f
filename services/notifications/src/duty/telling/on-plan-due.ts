import {
  adviceQuestioned,
  carePlanReviewDue,
  goalDue,
  noteAwaitsCosignature,
  noteReturned,
} from '@throughline/events';
import { on, type Reaction } from '@throughline/messaging';
import { notify, type Desk } from './notify.ts';

/**
 * Days of plans and goals: the case manager before and on the day, the supervisor when it is late. A clinician hears of a
 * question at once, a supervisor of a note that waits, and its author when it comes back. Source: infra/reference/domain.md 6.2.
 */
export function onPlanDue(desk: Desk): Reaction[] {
  return [
    on(carePlanReviewDue, async (tx, fact, received) => {
      const { carePlanId: subjectId, clientId, daysLeft, caseManagerId, supervisorId } = fact;
      const code = daysLeft < 0 ? 'PLAN_REVIEW_LATE' : 'PLAN_REVIEW_DUE';
      const named = { caseManagerId, supervisorId };
      await notify(tx, desk, received, { code, subjectId, clientId, named });
    }),
    on(goalDue, async (tx, fact, received) => {
      const { goalId: subjectId, clientId, daysLeft, caseManagerId, supervisorId } = fact;
      const code = daysLeft < 0 ? 'GOAL_LATE' : 'GOAL_OVERDUE';
      const named = { caseManagerId, supervisorId };
      await notify(tx, desk, received, { code, subjectId, clientId, named });
    }),
    on(adviceQuestioned, async (tx, { adviceId: subjectId, clientId, clinicianId }, received) => {
      const named = { caseManagerId: clinicianId };
      await notify(tx, desk, received, { code: 'ADVICE_QUESTION', subjectId, clientId, named });
    }),
    on(noteAwaitsCosignature, async (tx, { noteId: subjectId, clientId, supervisorId }, received) => {
      await notify(tx, desk, received, {
        ...{ code: 'NOTE_TO_COSIGN', subjectId, clientId, named: { supervisorId } },
      });
    }),
    on(noteReturned, async (tx, { noteId: subjectId, clientId, authorId }, received) => {
      await notify(tx, desk, received, { code: 'NOTE_RETURNED', subjectId, clientId, named: { authorId } });
    }),
  ];
}
