import { webhookDisabled } from '@throughline/events';
import { on, type Reaction } from '@throughline/messaging';
import { notify, type Desk } from './notify.ts';

/** The system of a partner gets no more events: a technical matter without a client. */
export function onWebhookDisabled(desk: Desk): Reaction {
  return on(webhookDisabled, (tx, { agencyId: subjectId }, received) =>
    notify(tx, desk, received, { code: 'PARTNER_WEBHOOK_FAILING', subjectId, clientId: null, named: {} }),
  );
}
