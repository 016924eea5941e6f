import { programTimeZone, serviceConfig } from '@throughline/runtime';
import { z } from 'zod';

export const notificationsConfig = z.object({
  ...serviceConfig,
  PORT: serviceConfig.PORT.default(4004),
  /** Also the time zone of staff who have none of their own. */
  ...programTimeZone,
});

export type NotificationsConfig = z.output<typeof notificationsConfig>;
