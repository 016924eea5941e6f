import type { EntityManager } from 'typeorm';
import type { MessageChannel } from '../../catalogue/catalogue/routes.ts';
import type { AddressedChannel } from '../address/address.ts';
import { ClientRuleEntity } from '../client-rule/client-rule.entity.ts';
import { refusalOf, type ClientMethod } from '../client-rule/client-rule.ts';
import type { Circumstances, Delivery, Way, WithheldReason } from '../delivery/delivery.ts';
import type { Post } from '../delivery/post.ts';
import { deliverAt } from '../quiet-hours/quiet-hours.ts';
import { AppointmentEntity } from './appointment.entity.ts';
import { findLastConsents } from './consent.entity.ts';
import { wayOf } from './consent.ts';

const methods: Readonly<Record<AddressedChannel, ClientMethod>> = {
  SMS: 'TEXT',
  VOICE: 'CALL',
  EMAIL: 'EMAIL',
};

/**
 * What counts for a client at the moment of an attempt: the prohibition of contact is stronger than everything, then the ways
 * that the person allows, then the consent of each channel. Nobody is reminded of an appointment that was moved or cancelled.
 * Source: infra/reference/domain.md 6.3.
 */
export async function findClientCircumstances(
  tx: EntityManager,
  post: Post,
  delivery: Delivery,
): Promise<Circumstances> {
  const now = post.now();
  const { recipientId: clientId, route } = delivery;
  const consents = await findLastConsents(tx, [clientId]);
  const rule = await tx.findOneBy(ClientRuleEntity, { clientId });
  const ways = new Map<MessageChannel, Way>();
  let withheld: WithheldReason | null = (await isStill(tx, delivery)) ? null : 'APPOINTMENT_CHANGED';
  for (const channel of route.filter(isAddressed)) {
    const refusal = refusalOf(rule, methods[channel]);
    const way = wayOf(consents.find((line) => line.channel === channel));
    if (refusal === 'METHOD_NOT_ALLOWED') ways.set(channel, typeof way === 'string' ? way : refusal);
    else if (refusal) withheld = 'CONTACT_PROHIBITED';
    else ways.set(channel, post.senders.has(channel) ? way : 'CHANNEL_OFF');
  }
  const until = deliverAt(now, post.timeZone);
  return { now, isSeen: false, withheld, quietUntil: until > now ? until : null, ways };
}

async function isStill(tx: EntityManager, { referralId, appointmentAt }: Delivery): Promise<boolean> {
  const appointment = referralId ? await tx.findOneBy(AppointmentEntity, { referralId }) : null;
  return appointment?.at?.getTime() === appointmentAt?.getTime() && appointmentAt !== null;
}

function isAddressed(channel: MessageChannel): channel is AddressedChannel {
  return channel in methods;
}
