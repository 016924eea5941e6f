import type { EntityManager } from 'typeorm';
import { entryOf } from '../../catalogue/catalogue/catalogue.ts';
import { leadsToRoom, type MessageChannel } from '../../catalogue/catalogue/routes.ts';
import { NotificationEntity } from '../../inbox/notification/notification.entity.ts';
import type { Notification } from '../../inbox/notification/notification.ts';
import { StaffEntity } from '../../inbox/staff/staff.entity.ts';
import type { Staff } from '../../inbox/staff/staff.ts';
import { StaffAddressEntity } from '../address/address.entity.ts';
import { findClientCircumstances } from '../client-channel/find-client-circumstances.ts';
import { SilencedChannelEntity } from '../preference/preference.entity.ts';
import { maySilence } from '../preference/preference.ts';
import { PushSubscriptionEntity } from '../push/push.entity.ts';
import { QuietHoursEntity } from '../quiet-hours/quiet-hours.entity.ts';
import { deliverAt, knownZone } from '../quiet-hours/quiet-hours.ts';
import type { Post } from './post.ts';
import type { Circumstances, Delivery, Way, WithheldReason } from './delivery.ts';

/** What an attempt needs to know, and the notification that the message points to. */
export interface Known {
  circumstances: Circumstances;
  notification: Notification | null;
}

/** Asks everything again before every attempt: permission of an hour ago does not count. */
export async function findCircumstances(tx: EntityManager, post: Post, delivery: Delivery): Promise<Known> {
  const { notificationId, recipientId, code } = delivery;
  if (notificationId === null)
    return { circumstances: await findClientCircumstances(tx, post, delivery), notification: null };
  const notification = await tx.findOneBy(NotificationEntity, { id: notificationId });
  if (leadsToRoom(delivery.route)) return { circumstances: ofRoom(post, notification), notification };
  const staff = await tx.findOneBy(StaffEntity, { id: recipientId });
  const now = post.now();
  const circumstances: Circumstances = {
    now,
    isSeen: Boolean(notification?.readAt ?? notification?.acknowledgedAt),
    withheld: withheldFrom(staff, code),
    quietUntil: later(await quietUntil(tx, post, delivery, staff), putOffUntil(notification, now)),
    ways: await findWays(tx, post, delivery),
  };
  return { circumstances, notification };
}

/** A room has no leave, no night and no wishes; an alert that was acknowledged is no news there. */
function ofRoom({ now, chatUrl }: Post, notification: Notification | null): Circumstances {
  return {
    ...{ now: now(), isSeen: Boolean(notification?.acknowledgedAt), withheld: null, quietUntil: null },
    ways: new Map(chatUrl ? [['CHAT', { address: chatUrl, language: 'en' }]] : []),
  };
}

/** A person on leave is left alone, but for what cannot wait. */
function withheldFrom(staff: Staff | null, code: Delivery['code']): WithheldReason | null {
  if (!staff) return null;
  if (!staff.active) return 'RECIPIENT_GONE';
  return staff.away && entryOf(code).priority !== 'URGENT' ? 'RECIPIENT_AWAY' : null;
}

async function quietUntil(
  tx: EntityManager,
  { now, timeZone }: Post,
  { code, recipientId: staffId }: Delivery,
  staff: Staff | null,
): Promise<Date | null> {
  if (!entryOf(code).respectsQuietHours) return null;
  const own = await tx.findOneBy(QuietHoursEntity, { staffId });
  const until = deliverAt(now(), knownZone(staff?.timeZone, timeZone), own ?? undefined);
  return until > now() ? until : null;
}

/** Until when the recipient put the notification off. */
function putOffUntil(notification: Notification | null, now: Date): Date | null {
  return notification && notification.deliverAt > now ? notification.deliverAt : null;
}

function later(one: Date | null, other: Date | null): Date | null {
  return one && other ? (one > other ? one : other) : (one ?? other);
}

/** The ways to a member of staff on the channels of this program; what the person silenced for this code is none. */
async function findWays(
  tx: EntityManager,
  { senders }: Post,
  { recipientId: staffId, code }: Delivery,
): Promise<Map<MessageChannel, Way>> {
  const own = await tx.findBy(StaffAddressEntity, { staffId });
  const ways = new Map<MessageChannel, Way>(
    own.map(({ channel, address, language, fault }) => [channel, fault ?? { address, language }]),
  );
  // A person with several browsers reads the language of the last one.
  const device = await tx.findOne(PushSubscriptionEntity, { where: { staffId }, order: { id: 'DESC' } });
  if (device) ways.set('PUSH', { address: staffId, language: device.language });
  const silenced = maySilence(code) ? await tx.findBy(SilencedChannelEntity, { staffId, code }) : [];
  for (const { channel } of silenced) ways.set(channel, 'SILENCED');
  return new Map([...senders.keys()].map((channel) => [channel, ways.get(channel) ?? 'NO_ADDRESS']));
}
