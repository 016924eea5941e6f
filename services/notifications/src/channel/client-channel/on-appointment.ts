import { referralFacts } from '@throughline/events';
import { on, type Reaction } from '@throughline/messaging';
import type { EntityManager } from 'typeorm';
import type { MessageChannel } from '../../catalogue/catalogue/routes.ts';
import { DeliveryEntity } from '../delivery/delivery.entity.ts';
import { scheduleDelivery } from '../delivery/schedule-delivery.ts';
import { AppointmentEntity } from './appointment.entity.ts';
import { remindersOf, type Appointment } from './appointment.ts';

interface Desk {
  now(): Date;
  channels: ReadonlySet<MessageChannel>;
}

const begins = ['scheduled', 'rescheduled'] as const;
const ends = [
  ...(['appointmentCancelled', 'noShow', 'serviceStarted', 'held', 'completed', 'closedUnresolved'] as const),
  ...(['cancelled', 'superseded', 'expired', 'enteredInError'] as const),
] as const;

/** Plans the reminders of an appointment, and those of its new time; what was planned before no longer leaves. */
export function onAppointments(desk: Desk): Reaction[] {
  const plan = begins.map((step) =>
    on(referralFacts[step], (tx, { referralId, clientId, appointmentAt }) =>
      planReminders(tx, desk, { referralId, clientId, at: appointmentAt ? new Date(appointmentAt) : null }),
    ),
  );
  const end = ends.map((step) =>
    on(referralFacts[step], async (tx, { referralId }) => {
      await tx.update(AppointmentEntity, { referralId }, { at: null });
    }),
  );
  return [...plan, ...end];
}

async function planReminders(tx: EntityManager, desk: Desk, appointment: Appointment): Promise<void> {
  await tx.upsert(AppointmentEntity, appointment, ['referralId']);
  const reminders = remindersOf(appointment, desk.now()).flatMap((one) => {
    const route = one.route.filter((channel) => desk.channels.has(channel));
    return route.length > 0 ? [{ ...one, route }] : [];
  });
  for (const reminder of reminders) {
    // The same time told twice is reminded of once.
    const inserted = await tx
      .createQueryBuilder()
      .insert()
      .into(DeliveryEntity)
      .values(reminder)
      .orIgnore()
      .returning('id')
      .execute();
    if ((inserted.raw as unknown[]).length > 0) await scheduleDelivery(tx, reminder, reminder.nextAttemptAt);
  }
}
