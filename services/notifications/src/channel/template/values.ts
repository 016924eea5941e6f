import { DateTime } from 'luxon';
import type { Notification } from '../../inbox/notification/notification.ts';
import type { Values } from './policy.ts';

interface Sender {
  timeZone: string;
  appName: string;
  appUrl: string;
}

/** Day and time as a reader of the language writes them, for example Tue 3/4 2:00 PM. */
const formats = { en: 'ccc L/d h:mm a', es: 'ccc d/L H:mm' };

/**
 * The values of a message that points to a notification, or reminds a client of an appointment. The link of a room leads
 * to the inbox of its reader.
 */
export function valuesOf(
  { timeZone, appName, appUrl }: Sender,
  notification: Notification | null,
  about: { language: string; appointmentAt: Date | null; isRoom?: boolean },
): Values {
  if (!notification) return { appName, when: timeOf(about, timeZone) };
  const { id, dueAt } = notification;
  return {
    appName,
    link: `${appUrl.replace(/\/$/, '')}/notifications${about.isRoom ? '' : `/${id}`}`,
    caseRef: id.slice(-6).toUpperCase(),
    dueDate: dueAt ? DateTime.fromJSDate(dueAt, { zone: timeZone }).toFormat('L/d') : '',
  };
}

function timeOf(
  { language, appointmentAt }: { language: string; appointmentAt: Date | null },
  zone: string,
): string {
  if (!appointmentAt) return '';
  const locale = language === 'es' ? 'es' : 'en';
  return DateTime.fromJSDate(appointmentAt, { zone }).setLocale(locale).toFormat(formats[locale]);
}
