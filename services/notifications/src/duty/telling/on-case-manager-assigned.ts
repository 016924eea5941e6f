import { caseManagerAssigned } from '@throughline/events';
import { on, type Reaction } from '@throughline/messaging';
import { notify, type Desk } from './notify.ts';

/** Tells the new case manager, or a supervisor when there is none. */
export function onCaseManagerAssigned(desk: Desk): Reaction {
  return on(caseManagerAssigned, (tx, fact, received) => {
    const { caseId: subjectId, clientId, caseManagerId, supervisorId } = fact;
    const code = caseManagerId ? 'CASE_ASSIGNED' : 'UNASSIGNED_CASE';
    return notify(tx, desk, received, { code, subjectId, clientId, named: { caseManagerId, supervisorId } });
  });
}
