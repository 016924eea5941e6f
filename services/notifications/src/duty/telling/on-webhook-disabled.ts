import { webhookDisabled } from '@throughline/events';
import { on, type Reaction } from '@throughline/messaging';
import { notify, type Desk } from './notify.ts';

/** A partner's system hears nothing any more: a technical matter, in which no client is named. */
export function onWebhookDisabled(desk: Desk): Reaction {
  return on(webhookDisabled, (tx, { agencyId: subjectId }, received) =>
    notify(tx, desk, received, { code: 'PARTNER_WEBHOOK_FAILING', subjectId, clientId: null, named: {} }),
  );
}
