import { command } from '@throughline/command';
import { invalidTransition, notFound, wrongForm, type Problem } from '@throughline/graphql/problems';
import type { Context } from '../../context.ts';
import type { AcknowledgeNotificationInput } from '../../generated/graphql.ts';
import { NotificationEntity } from '../../inbox/notification/notification.entity.ts';
import { readNotification } from '../../inbox/notification/notification.queries.ts';
import { acknowledgedFact, stateOf, type Notification } from '../../inbox/notification/notification.ts';
import { acknowledgeAll } from './acknowledge.ts';
import { EscalationEntity } from './escalation.entity.ts';
import { pageFacts } from './escalation.ts';

/**
 * A person acknowledged the alert: nobody else need be told. The lock decides between two acknowledgements, and between
 * an acknowledgement and the timer; only the first changes anything.
 */
export async function acknowledgeNotification(
  context: Context,
  input: AcknowledgeNotificationInput,
): Promise<Notification | Problem> {
  const wrong = wrongForm(context);
  if (wrong) return wrong;
  const found = await readNotification(input.id, context);
  if (!found) return notFound('Notification');
  const { escalationId } = found;
  if (!escalationId)
    return invalidTransition(stateOf(found, context.now()), 'acknowledgeNotification', ['markRead']);

  return command(
    context,
    {
      ...{ name: 'acknowledgeNotification', input, clientOf: () => null, may: () => true },
      lock: [EscalationEntity, escalationId],
      again: (tx, id) => tx.findOneByOrFail(NotificationEntity, { id }),
    },
    async (escalation, { tx, now, viewer }) => {
      const notification = await tx.findOneByOrFail(NotificationEntity, { id: found.id });
      if (escalation.acknowledgedAt) return { answer: notification };
      const done = { acknowledgedAt: now, acknowledgedBy: viewer.id };
      const answer = { ...notification, ...done };
      const facts = [acknowledgedFact(answer, now), ...pageFacts(escalation, viewer.id, now)];
      return {
        ...{ update: { ...escalation, ...done }, facts, answer },
        also: () => acknowledgeAll(tx, escalationId, done),
      };
    },
  ) as Promise<Notification | Problem>;
}
