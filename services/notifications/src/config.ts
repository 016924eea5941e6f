import { programTimeZone, serviceConfig } from '@throughline/runtime';
import { z } from 'zod';

export const notificationsConfig = z.object({
  ...serviceConfig,
  PORT: serviceConfig.PORT.default(4004),
  /** Also decides when it is night for staff without a time zone of their own. */
  ...programTimeZone,
});

export type NotificationsConfig = z.output<typeof notificationsConfig>;
