import { callbackDue, callbackMissed, inquiryInCrisis } from '@throughline/events';
import { on, type Reaction } from '@throughline/messaging';
import { notify, type Desk } from './notify.ts';

/** A caller in a crisis and a missed call need a supervisor at once, so they wait behind no other notification. */
export function onUrgentInquiry(desk: Desk): Reaction[] {
  return [
    on(inquiryInCrisis, (tx, { inquiryId: subjectId, handledById: authorId }, received) =>
      notify(tx, desk, received, { code: 'CRISIS_CALL', subjectId, clientId: null, named: { authorId } }),
    ),
    on(callbackMissed, (tx, { inquiryId: subjectId, handledById: authorId }, received) =>
      notify(tx, desk, received, { code: 'CALLBACK_MISSED', subjectId, clientId: null, named: { authorId } }),
    ),
  ];
}

/** The worker who promised a call is told before its time. */
export function onCallbackDue(desk: Desk): Reaction {
  return on(callbackDue, (tx, { inquiryId: subjectId, handledById: authorId, dueAt }, received) =>
    notify(tx, desk, received, {
      ...{ code: 'CALLBACK_DUE', subjectId, clientId: null, named: { authorId } },
      dueAt: new Date(dueAt),
    }),
  );
}
