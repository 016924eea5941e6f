import { CannotStart, type Environment } from '@throughline/runtime';

/** The sign-in gives a token of any invented person to everybody who asks: with NODE_ENV=production it does not start. */
export function refuseProduction({ NODE_ENV }: Environment): void {
  if (NODE_ENV !== 'production') return;
  throw new CannotStart(
    'The local sign-in gives everybody a token of anybody, so it does not run with NODE_ENV=production: point the gateway at your own OpenID Connect provider (OIDC_ISSUER).',
  );
}
