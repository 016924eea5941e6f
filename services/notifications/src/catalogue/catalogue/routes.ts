import type { NotificationCode } from '../../inbox/notification/notification.ts';

/** Ways out of the system. The inbox is none of them: a notification is there in any case. */
export const messageChannels = ['EMAIL', 'SMS', 'VOICE', 'PUSH', 'CHAT'] as const;
export type MessageChannel = (typeof messageChannels)[number];

/** Channels in their order: the next one is tried when one does not lead to the person. */
export type Route = readonly MessageChannel[];

/**
 * The ways that a notification takes outside the application, at the same time; a code that is not here stays in the
 * inbox. Data: another way is another entry. Source: infra/reference/domain.md 6.2.
 */
export const routes: Readonly<Partial<Record<NotificationCode, readonly Route[]>>> = {
  CRISIS_L1: [['PUSH'], ['VOICE', 'SMS', 'EMAIL'], ['CHAT']],
  CRISIS_L2: [['PUSH', 'SMS', 'EMAIL']],
  SCREEN_POSITIVE_SAFETY: [['PUSH', 'EMAIL']],
  CRISIS_CALL: [['PUSH', 'SMS', 'EMAIL']],
  CALLBACK_DUE: [['PUSH']],
  CALLBACK_MISSED: [['PUSH', 'EMAIL']],
  NOTE_IN_CRISIS: [['PUSH', 'SMS', 'EMAIL']],
  REFERRAL_INFO_REQUESTED: [['PUSH', 'EMAIL']],
  REFERRAL_EXPIRED: [['EMAIL']],
  CREDENTIAL_EXPIRING: [['EMAIL']],
  CREDENTIAL_EXPIRING_SOON: [['EMAIL']],
  CREDENTIAL_EXPIRED: [['EMAIL']],
  CREDENTIAL_LAPSED: [['EMAIL']],
  PARTNER_WEBHOOK_FAILING: [['EMAIL'], ['CHAT']],
  APPRECIATION_RECEIVED: [['EMAIL']],
  DAILY_DIGEST: [['EMAIL']],
};

/** A chat is a room of the program and not of a person: it hears of an alert once, and its readers have inboxes of their own. */
export function leadsToRoom(route: Route): boolean {
  return route.every((channel) => channel === 'CHAT');
}

export function routesOf(code: NotificationCode): readonly Route[] {
  return routes[code] ?? [];
}
