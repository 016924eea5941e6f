import { hash } from 'node:crypto';
import { roles, unauthenticated, type Role, type Viewer } from '@throughline/graphql';
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { GatewayConfig } from './config.ts';

export interface AuthenticateOptions {
  graph: 'STAFF' | 'PARTNER';
  audience: string;
  config: Pick<
    GatewayConfig,
    | 'OIDC_ISSUER'
    | 'OIDC_JWKS_URL'
    | 'OIDC_CLOCK_SKEW_S'
    | 'OIDC_STAFF_ID_CLAIM'
    | 'OIDC_AGENCY_ID_CLAIM'
    | 'OIDC_ROLES_CLAIM'
  >;
}

/** Who is asking, from an `Authorization: Bearer` header; throws UNAUTHENTICATED with one sentence. */
export type Authenticate = (authorization: string | undefined) => Promise<Viewer>;

const staffRoles = roles.filter((role) => role !== 'SYSTEM' && !role.startsWith('PARTNER_'));
const partnerRoles = roles.filter((role) => role.startsWith('PARTNER_'));

// A key that the provider takes back is still believed for so long.
const rememberMs = 60_000;
const mostRemembered = 10_000;

/**
 * Verifies access tokens of any OpenID Connect provider: signature, issuer, audience, expiry. A token that was found
 * good is not worked out again for a minute, or until it expires: a signature costs more than a light operation.
 */
export function authenticator({ graph, audience, config }: AuthenticateOptions): Authenticate {
  const keys = config.OIDC_JWKS_URL ? fixedKeys(config.OIDC_JWKS_URL) : discoveredKeys(config.OIDC_ISSUER);
  const good = new LRUCache<string, Viewer>({ max: mostRemembered });
  return async (authorization) => {
    const token = /^Bearer +([\w.~+/=-]{20,8000})$/i.exec(authorization ?? '')?.[1];
    if (!token) throw unauthenticated();
    const digest = hash('sha256', token, 'base64');
    const known = good.get(digest);
    if (known) return known;

    const payload = await verify(token, await keys(), { audience, config });
    const viewer = viewerOf(payload, graph, config);
    if (!viewer)
      throw unauthenticated('The token names no staff member or agency with a role in this graph.');
    const leftMs = ((payload.exp ?? 0) + config.OIDC_CLOCK_SKEW_S) * 1_000 - Date.now();
    if (leftMs > 0) good.set(digest, viewer, { ttl: Math.min(rememberMs, leftMs) });
    return viewer;
  };
}

async function verify(
  token: string,
  keys: JWTVerifyGetKey,
  { audience, config }: Pick<AuthenticateOptions, 'audience' | 'config'>,
): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer: config.OIDC_ISSUER,
      audience,
      clockTolerance: config.OIDC_CLOCK_SKEW_S,
      algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
      requiredClaims: ['exp', 'sub'],
    });
    return payload;
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw unauthenticated('The token has expired: sign in again.');
    if (error instanceof errors.JOSEError) throw unauthenticated('The token is not valid for this graph.');
    throw error;
  }
}

function viewerOf(
  payload: JWTPayload,
  graph: 'STAFF' | 'PARTNER',
  config: AuthenticateOptions['config'],
): Viewer | null {
  const known = z.array(z.string()).catch([]).parse(payload[config.OIDC_ROLES_CLAIM]);
  const granted = permitted(graph).filter((role) => known.includes(role));
  const agencyId = text(payload[config.OIDC_AGENCY_ID_CLAIM]);
  const id = graph === 'STAFF' ? text(payload[config.OIDC_STAFF_ID_CLAIM]) : text(payload.sub);

  if (!id || granted.length === 0) return null;
  if (graph === 'PARTNER') return agencyId ? { id, roles: granted, agencyId, graph } : null;
  return { id, roles: granted, agencyId: null, graph };
}

function permitted(graph: 'STAFF' | 'PARTNER'): readonly Role[] {
  return graph === 'STAFF' ? staffRoles : partnerRoles;
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function fixedKeys(url: string): () => Promise<JWTVerifyGetKey> {
  const keys = createRemoteJWKSet(new URL(url));
  return () => Promise.resolve(keys);
}

/** Asks the provider's discovery document once it is needed, so that the gateway may start before the provider. */
function discoveredKeys(issuer: string): () => Promise<JWTVerifyGetKey> {
  let found: Promise<JWTVerifyGetKey> | null = null;
  return () => {
    found ??= discover(issuer).catch((error: unknown) => {
      found = null;
      throw error;
    });
    return found;
  };
}

async function discover(issuer: string): Promise<JWTVerifyGetKey> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(address, { signal: AbortSignal.timeout(5_000) });
  const { jwks_uri: jwksUri } = z.object({ jwks_uri: z.url() }).parse(await response.json());
  return createRemoteJWKSet(new URL(jwksUri));
}
