import type { Cause } from '@throughline/events';
import { record, type Received } from '@throughline/messaging';
import { In, type EntityManager } from 'typeorm';
import { addresseesOf, nobody, peopleIn, type Named } from '../../catalogue/catalogue/addressees.ts';
import { entryOf, mustBeAcknowledged } from '../../catalogue/catalogue/catalogue.ts';
import { EscalationEntity } from '../escalation/escalation.entity.ts';
import { openEscalation } from '../escalation/escalation.ts';
import { scheduleEscalation } from '../escalation/schedule-escalation.ts';
import { QuietHoursEntity } from '../../channel/quiet-hours/quiet-hours.entity.ts';
import { deliverAt, knownZone } from '../../channel/quiet-hours/quiet-hours.ts';
import { findDirectory } from '../../inbox/staff/find-directory.ts';
import type { Directory } from '../../inbox/staff/staff.ts';
import { NotificationEntity } from '../../inbox/notification/notification.entity.ts';
import {
  addedFact,
  addNotification,
  type About,
  type Notification,
} from '../../inbox/notification/notification.ts';

/** Context of reactions and timers, in place of the context of a request. */
export interface Desk {
  /** The server clock, UTC. */
  now(): Date;
  /** Time zone of staff whose own is not known. */
  timeZone: string;
}

/** Tells everybody whom the catalogue names, in the transaction of the fact that led to it. */
export async function notify(
  tx: EntityManager,
  desk: Desk,
  received: Received,
  news: Pick<About, 'code' | 'subjectId' | 'clientId'> & { named: Partial<Named>; dueAt?: Date | null },
): Promise<void> {
  const { cause } = received;
  const actorId = cause.actor.kind === 'STAFF' ? cause.actor.id : null;
  const named: Named = { ...nobody, ...news.named, actorId };
  const directory = await findDirectory(tx, peopleIn(named));

  const { to, tellsActor } = entryOf(news.code);
  const recipients = addresseesOf(to, named, directory).filter((id) => tellsActor || id !== actorId);
  if (recipients.length === 0) return;

  const { code, subjectId, clientId, dueAt = null } = news;
  const about: About = { code, subjectId, clientId, factId: received.id, dueAt };
  const escalation = mustBeAcknowledged(code)
    ? openEscalation(about, { named, told: recipients, correlationId: cause.correlationId }, desk.now())
    : null;
  if (escalation) await tx.insert(EscalationEntity, escalation);

  const added = await tell(tx, desk, directory, {
    about: { ...about, dueAt: escalation?.nextAt ?? dueAt },
    recipients,
    step: 0,
    escalationId: escalation?.id ?? null,
  });
  await record(tx, causeOf(cause.correlationId, received.id), ...added.map(addedFact));
  if (escalation) await scheduleEscalation(tx, escalation);
}

/** Writes one notification per recipient and returns the new ones. The caller records the facts. */
export async function tell(
  tx: EntityManager,
  desk: Desk,
  directory: Directory,
  telling: { about: About; recipients: readonly string[]; step: number; escalationId: string | null },
): Promise<Notification[]> {
  const { about, recipients, step, escalationId } = telling;
  const now = desk.now();
  const moments = await momentsOf(tx, desk, directory, { code: about.code, recipients });
  const subjectType = entryOf(about.code).subject;
  const wanted = recipients.map((recipientId) => {
    const moment = moments.get(recipientId) ?? now;
    return addNotification(about, { subjectType, recipientId, deliverAt: moment, step, escalationId }, now);
  });
  const inserted = await tx
    .createQueryBuilder()
    .insert()
    .into(NotificationEntity)
    .values(wanted)
    .orIgnore()
    .returning('id')
    .execute();
  const fresh = new Set((inserted.raw as { id: string }[]).map(({ id }) => id));
  return wanted.filter(({ id }) => fresh.has(id));
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
