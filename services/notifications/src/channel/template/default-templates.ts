import { entryOf } from '../../catalogue/catalogue/catalogue.ts';
import type { MessageChannel } from '../../catalogue/catalogue/routes.ts';
import type { NotificationCode } from '../../inbox/notification/notification.ts';
import type { MessageLanguage } from '../address/address.ts';
import type { Audience, Wording } from './policy.ts';

type Texts = Readonly<Record<MessageLanguage, Readonly<Record<MessageChannel, Wording>>>>;

const text = (body: string): Wording => ({ subject: null, body });

/** A pointer: the code of a notification says something about health, so that most codes share their words. */
const update: Texts = {
  en: {
    EMAIL: {
      subject: 'You have an update in {appName}',
      body: 'You have an update in {appName}. Sign in:\n{link}',
    },
    SMS: text('You have an update in {appName}. Sign in: {link}'),
    VOICE: text('You have an update in {appName}. Please sign in.'),
    PUSH: { subject: '{appName}', body: 'You have an update. {link}' },
    CHAT: text('There is an update in {appName}: {link}'),
  },
  es: {
    EMAIL: {
      subject: 'Tiene una novedad en {appName}',
      body: 'Tiene una novedad en {appName}. Inicie sesión:\n{link}',
    },
    SMS: text('Tiene una novedad en {appName}. Inicie sesión: {link}'),
    VOICE: text('Tiene una novedad en {appName}. Por favor, inicie sesión.'),
    PUSH: { subject: '{appName}', body: 'Tiene una novedad. {link}' },
    CHAT: text('Hay una novedad en {appName}: {link}'),
  },
};

const urgent: Texts = {
  en: {
    EMAIL: {
      subject: 'Please sign in to {appName} now',
      body: 'You have an urgent update in {appName}. Sign in now:\n{link}',
    },
    SMS: text('You have an urgent update in {appName}. Sign in now: {link}'),
    VOICE: text('You have an urgent update in {appName}. Please sign in now.'),
    PUSH: { subject: '{appName}: please look now', body: 'You have an urgent update. {link}' },
    CHAT: text('Somebody on duty has an urgent update in {appName}: {link}'),
  },
  es: {
    EMAIL: {
      subject: 'Inicie sesión en {appName} ahora',
      body: 'Tiene una novedad urgente en {appName}. Inicie sesión ahora:\n{link}',
    },
    SMS: text('Tiene una novedad urgente en {appName}. Inicie sesión ahora: {link}'),
    VOICE: text('Tiene una novedad urgente en {appName}. Por favor, inicie sesión ahora.'),
    PUSH: { subject: '{appName}: mire ahora', body: 'Tiene una novedad urgente. {link}' },
    CHAT: text('Alguien de turno tiene una novedad urgente en {appName}: {link}'),
  },
};

/** The summary of the morning: that it is there, and nothing of what it says. */
const digest: Texts = {
  en: {
    ...update.en,
    EMAIL: {
      subject: 'Your summary in {appName}',
      body: 'Your summary of this morning is ready in {appName}. Sign in:\n{link}',
    },
  },
  es: {
    ...update.es,
    EMAIL: {
      subject: 'Su resumen en {appName}',
      body: 'Su resumen de esta mañana está listo en {appName}. Inicie sesión:\n{link}',
    },
  },
};

/** To a client: a time, and nothing else. */
const reminder: Texts = {
  en: {
    EMAIL: {
      subject: 'Reminder',
      body: 'Reminder: appointment {when}.\nTell us when you want no more reminders.',
    },
    SMS: text('Reminder: appointment {when}. Reply STOP to opt out.'),
    VOICE: text('This is a reminder: appointment {when}.'),
    PUSH: { subject: 'Reminder', body: 'Reminder: appointment {when}.' },
    CHAT: text('Reminder: appointment {when}.'),
  },
  es: {
    EMAIL: {
      subject: 'Recordatorio',
      body: 'Recordatorio: cita {when}.\nAvísenos si no quiere más recordatorios.',
    },
    SMS: text('Recordatorio: cita {when}. Responda STOP para no recibir más.'),
    VOICE: text('Este es un recordatorio: cita {when}.'),
    PUSH: { subject: 'Recordatorio', body: 'Recordatorio: cita {when}.' },
    CHAT: text('Recordatorio: cita {when}.'),
  },
};

/** The words of a code before an administrator changes them. */
export function defaultWording(
  code: NotificationCode,
  language: MessageLanguage,
  channel: MessageChannel,
): Wording {
  if (audienceOf(code) === 'CLIENT') return reminder[language][channel];
  if (code === 'DAILY_DIGEST') return digest[language][channel];
  return (entryOf(code).priority === 'URGENT' ? urgent : update)[language][channel];
}

/** Whom messages of a code reach outside the application. */
export function audienceOf(code: NotificationCode): Audience {
  return code === 'APPOINTMENT_REMINDER' ? 'CLIENT' : 'STAFF';
}
