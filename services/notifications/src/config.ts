import { serviceConfig } from '@throughline/runtime';
import { IANAZone } from 'luxon';
import { z } from 'zod';

export const notificationsConfig = z.object({
  ...serviceConfig,
  PORT: serviceConfig.PORT.default(4004),
  /** Whose night it is for staff without a time zone of their own: an IANA name. */
  AGENCY_TIME_ZONE: z
    .string()
    .refine((zone) => IANAZone.isValidZone(zone), 'must be an IANA time zone, for example America/New_York')
    .default('America/New_York'),
});

export type NotificationsConfig = z.output<typeof notificationsConfig>;
