import { httpPort, listenHost, webAddress } from '@throughline/runtime';
import { z } from 'zod';

/** Settings of the local sign-in as a program of its own. */
export const signInConfig = z.object({
  PORT: httpPort.default(4200),
  /** Set to 0.0.0.0 inside a container only. */
  LISTEN_HOST: listenHost,
  /** The address that tokens name as their issuer. Default http://localhost:<PORT>. */
  ISSUER: webAddress.optional(),
  /** Folder for the signing keys; without it every start makes new ones. */
  DATA_DIR: z.string().optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

/** Where `npm run token` finds the sign-in. */
export const tokenConfig = z.object({
  /** The whole address, for a sign-in on another machine. */
  SIGN_IN_URL: webAddress.optional(),
  SIGN_IN_PORT: httpPort.default(4200),
});
