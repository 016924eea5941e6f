import type { InputIssue } from '@throughline/graphql/problems';
import { entryOf } from '../../catalogue/catalogue/catalogue.ts';
import { routesOf, type MessageChannel } from '../../catalogue/catalogue/routes.ts';
import type { NotificationCode } from '../../inbox/notification/notification.ts';

/** A person does not want messages of a code on a channel; the inbox has it in any case. */
export interface SilencedChannel {
  staffId: string;
  code: NotificationCode;
  channel: MessageChannel;
  since: Date;
}

/** What ignores quiet hours can be silenced by nobody. Source: infra/reference/domain.md 6.3. */
export function maySilence(code: NotificationCode): boolean {
  return entryOf(code).respectsQuietHours;
}

/** Faults of a preference. */
export function preferenceFaults(
  code: NotificationCode,
  channel: MessageChannel,
  silenced: boolean,
): InputIssue[] {
  if (silenced && !maySilence(code))
    return [
      {
        path: 'code',
        code: 'CANNOT_BE_SILENCED',
        message: 'This may be about a danger: it cannot be silenced.',
      },
    ];
  return routesOf(code).some((route) => route.includes(channel))
    ? []
    : [{ path: 'channel', code: 'NOT_USED', message: 'Nothing of this code leaves on this channel.' }];
}
