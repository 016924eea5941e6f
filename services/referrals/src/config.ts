import { serviceConfig } from '@throughline/runtime';
import { z } from 'zod';

export const referralsConfig = z.object({
  ...serviceConfig,
  PORT: serviceConfig.PORT.default(4003),
  /** Where the clients service answers the one authoritative consent read. */
  CLIENTS_URL: z.url().default('http://localhost:4001/graphql'),
  /** Folder below which administrators may import service directories; without it the mutation is refused. */
  DIRECTORY_IMPORT_ROOT: z.string().min(1).optional(),
});

export type ReferralsConfig = z.output<typeof referralsConfig>;
