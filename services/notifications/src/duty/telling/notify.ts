import type { Cause } from '@throughline/events';
import { record, type Received } from '@throughline/messaging';
import { In, type EntityManager } from 'typeorm';
import { addresseesOf, nobody, peopleIn, type Named } from '../../catalogue/catalogue/addressees.ts';
import type { MessageChannel } from '../../catalogue/catalogue/routes.ts';
import { entryOf, mustBeAcknowledged } from '../../catalogue/catalogue/catalogue.ts';
import { EscalationEntity } from '../escalation/escalation.entity.ts';
import { openEscalation } from '../escalation/escalation.ts';
import { collapse } from './collapse.ts';
import { findSteps } from '../policy/policy.entity.ts';
import { scheduleEscalation } from '../escalation/schedule-escalation.ts';
import { QuietHoursEntity } from '../../channel/quiet-hours/quiet-hours.entity.ts';
import { queueDeliveries } from '../../channel/delivery/schedule-delivery.ts';
import { deliverAt, knownZone } from '../../channel/quiet-hours/quiet-hours.ts';
import { findDirectory } from '../rota/find-directory.ts';
import type { Directory } from '../../inbox/staff/staff.ts';
import { NotificationEntity } from '../../inbox/notification/notification.entity.ts';
import {
  addedFact,
  addNotification,
  type About,
  type Notification,
  type SubjectType,
} from '../../inbox/notification/notification.ts';

/** Context of reactions and timers, in place of the context of a request. */
export interface Desk {
  /** The server clock, UTC. */
  now(): Date;
  /** Time zone of staff whose own is not known. */
  timeZone: string;
  /** Channels on which this program sends messages outside the application. */
  channels: ReadonlySet<MessageChannel>;
}

/** Tells everybody whom the catalogue names, in the transaction of the fact that led to it. */
export async function notify(
  tx: EntityManager,
  desk: Desk,
  received: Pick<Received, 'id' | 'cause' | 'occurredAt'>,
  news: Pick<About, 'code' | 'subjectId' | 'clientId'> & { named: Partial<Named>; dueAt?: Date | null },
): Promise<void> {
  const { cause } = received;
  const actorId = cause.actor.kind === 'STAFF' ? cause.actor.id : null;
  const named: Named = { ...nobody, ...news.named, actorId };
  const directory = await findDirectory(tx, peopleIn(named), desk.now());

  const { to, tellsActor } = entryOf(news.code);
  const recipients = addresseesOf(to, named, directory).filter((id) => tellsActor || id !== actorId);
  if (recipients.length === 0) return;

  const { code, subjectId, clientId, dueAt = null } = news;
  const about: About = { code, subjectId, clientId, factId: received.id, dueAt };
  // The clock of a crisis began when it was opened, also when this service hears of it an hour later.
  const beganAt = entryOf(code).catchesUp ? received.occurredAt : desk.now();
  const { correlationId } = cause;
  const escalation = mustBeAcknowledged(code)
    ? openEscalation(
        about,
        { named, told: recipients, correlationId, steps: await findSteps(tx, code) },
        beganAt,
      )
    : null;
  if (escalation) await tx.insert(EscalationEntity, escalation);

  const added = await tell(tx, desk, directory, {
    about: { ...about, dueAt: escalation?.nextAt ?? dueAt },
    recipients,
    step: 0,
    escalationId: escalation?.id ?? null,
  });
  await record(tx, causeOf(correlationId, received.id), ...added.map(addedFact));
  if (escalation) await scheduleEscalation(tx, escalation);
}

/** Writes one notification per recipient, or counts on a line that is there, and returns the new ones. The caller records the facts. */
export async function tell(
  tx: EntityManager,
  desk: Desk,
  directory: Directory,
  telling: { about: About; recipients: readonly string[]; step: number; escalationId: string | null },
): Promise<Notification[]> {
  const { about, recipients, step, escalationId } = telling;
  const now = desk.now();
  const moments = await momentsOf(tx, desk, directory, { code: about.code, recipients });
  const places = await collapse(tx, about, recipients, now);
  const line = (of: About, subjectType: SubjectType) => (recipientId: string) => {
    const moment = moments.get(recipientId) ?? now;
    return addNotification(of, { subjectType, recipientId, deliverAt: moment, step, escalationId }, now);
  };
  const wanted = [
    ...places.own.map(line(about, entryOf(about.code).subject)),
    ...places.ofClient.map(line({ ...about, subjectId: about.clientId ?? about.subjectId }, 'Client')),
  ];
  if (wanted.length === 0) return [];
  const inserted = await tx
    .createQueryBuilder()
    .insert()
    .into(NotificationEntity)
    .values(wanted)
    .orIgnore()
    .returning('id')
    .execute();
  const fresh = new Set((inserted.raw as { id: string }[]).map(({ id }) => id));
  const added = wanted.filter(({ id }) => fresh.has(id));
  await queueDeliveries(tx, desk.channels, added);
  return added;
}

/** When each recipient may be disturbed. */
async function momentsOf(
  tx: EntityManager,
  desk: Desk,
  directory: Directory,
  { code, recipients }: { code: About['code']; recipients: readonly string[] },
): Promise<Map<string, Date>> {
  if (!entryOf(code).respectsQuietHours) return new Map();
  const own = await tx.findBy(QuietHoursEntity, { staffId: In([...recipients]) });
  const chosen = new Map(own.map((row) => [row.staffId, row]));
  return new Map(
    recipients.map((id) => {
      const zone = knownZone(directory.get(id)?.timeZone, desk.timeZone);
      return [id, deliverAt(desk.now(), zone, chosen.get(id))];
    }),
  );
}

/** No person acts: the service tells people because of a fact. */
export function causeOf(correlationId: string, causationId: string): Cause {
  return { actor: { kind: 'SYSTEM', id: 'notifications' }, correlationId, causationId };
}
