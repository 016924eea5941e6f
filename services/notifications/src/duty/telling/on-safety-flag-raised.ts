import { safetyFlagRaised } from '@throughline/events';
import { on, type Reaction } from '@throughline/messaging';
import { notify, type Desk } from './notify.ts';

/** Tells author and supervisor at once, at any hour; one of them must acknowledge. */
export function onSafetyFlagRaised(desk: Desk): Reaction {
  return on(safetyFlagRaised, (tx, fact, received) => {
    const { screeningId: subjectId, clientId, authorId, caseManagerId, supervisorId } = fact;
    const named = { authorId, caseManagerId, supervisorId };
    return notify(tx, desk, received, { code: 'SCREEN_POSITIVE_SAFETY', subjectId, clientId, named });
  });
}
