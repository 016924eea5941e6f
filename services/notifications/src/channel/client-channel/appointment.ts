import type { Delivery } from '../delivery/delivery.ts';
import { queueDelivery } from '../delivery/delivery.ts';

/** Copy of the next appointment of a referral; null when there is none any more. */
export interface Appointment {
  referralId: string;
  clientId: string;
  at: Date | null;
}

/** Hours before an appointment at which its client is reminded. Source: infra/reference/domain.md 6.2. */
export const reminderHours = [48, 2] as const;

const HOUR_MS = 3_600_000;
/** A call comes last: it may be heard by others. */
const route: Delivery['route'] = ['SMS', 'EMAIL', 'VOICE'];

/** The reminders of an appointment whose time has not passed. Whether they may leave is asked when they do. */
export function remindersOf({ referralId, clientId, at }: Appointment, now: Date): Delivery[] {
  if (!at) return [];
  return reminderHours.flatMap((hours) => {
    const when = new Date(at.getTime() - hours * HOUR_MS);
    if (when <= now) return [];
    const to = { notificationId: null, recipientType: 'CLIENT' as const, recipientId: clientId, referralId };
    const what = {
      code: 'APPOINTMENT_REMINDER' as const,
      route: [...route],
      expiresAt: at,
      appointmentAt: at,
      hoursBefore: hours,
    };
    return [queueDelivery({ ...to, ...what }, when, now)];
  });
}
