import { lockRow, writeChange } from '@throughline/command';
import { crisisPageAcknowledged } from '@throughline/events';
import { isProblem } from '@throughline/graphql/problems';
import { on } from '@throughline/messaging';
import { CrisisAlertEntity, CrisisStepEntity } from './crisis-alert.entity.ts';
import { change } from './crisis-alert.ts';

/** Somebody in the chain acknowledged the page. An alert that a person acknowledged here keeps that person. */
export const onCrisisPageAcknowledged = on(crisisPageAcknowledged, async (tx, fact, received) => {
  const alert = await lockRow(tx, CrisisAlertEntity, fact.alertId);
  if (alert?.clientId !== fact.clientId || alert.state !== 'OPEN') return;
  const changed = change(alert, 'acknowledge', { by: fact.acknowledgedBy, now: received.occurredAt });
  if (isProblem(changed)) return;
  const { alert: update, facts, step } = changed;
  const cause = { ...received.cause, causationId: received.id };
  const also = () => tx.insert(CrisisStepEntity, step);
  await writeChange(tx, cause, [CrisisAlertEntity, alert], { update, facts, also });
});
