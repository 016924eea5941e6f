import { z } from 'zod';

/** Settings of the local sign-in as a program of its own. */
export const signInConfig = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(4200),
  /** Set to 0.0.0.0 inside a container only. */
  HOST: z.string().default('127.0.0.1'),
  /** The address that tokens name as their issuer. Default http://localhost:<PORT>. */
  ISSUER: z.url({ protocol: /^https?$/ }).optional(),
  /** Folder for the signing keys; without it every start makes new ones. */
  DATA_DIR: z.string().optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});
