import { newKeyPair } from '@throughline/runtime';
import { gatewayConfig, type GatewayConfig } from '../src/config.ts';
import type { Issuer } from './issuer.ts';

interface Services {
  urlOf(service: 'clients' | 'treatment' | 'referrals' | 'notifications'): string;
}

/** Settings of a gateway in a test: any free port, these services, this issuer. */
export function configOver(
  services: Services,
  { url, keysUrl }: Issuer,
  settings: Record<string, unknown> = {},
): GatewayConfig {
  return gatewayConfig.parse({
    STAFF_PORT: 0,
    PARTNER_PORT: 0,
    CLIENTS_URL: services.urlOf('clients'),
    TREATMENT_URL: services.urlOf('treatment'),
    REFERRALS_URL: services.urlOf('referrals'),
    NOTIFICATIONS_URL: services.urlOf('notifications'),
    VIEWER_PRIVATE_KEY: newKeyPair().privateKey,
    OIDC_ISSUER: url,
    OIDC_JWKS_URL: keysUrl,
    ...settings,
  });
}
