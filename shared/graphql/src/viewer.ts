import { hash, randomUUID } from 'node:crypto';
import type { PublicKey, SigningKey } from '@throughline/runtime';
import { createSigner, createVerifier } from 'fast-jwt';
import { z } from 'zod';
import type { SeenTokens } from './seen-tokens.ts';

/** What a person may do in general. Source: infra/reference/domain.md 1.5. */
export const roles = [
  'CASE_MANAGER',
  'SUPERVISOR',
  'CLINICIAN',
  'PEER_SPECIALIST',
  'INTAKE_WORKER',
  'PROGRAM_ADMIN',
  'PRIVACY_OFFICER',
  'QUALITY_ANALYST',
  'PARTNER_INTAKE',
  'PARTNER_ADMIN',
  'PARTNER_SYSTEM',
  'PLATFORM_ENGINEER',
  'SYSTEM',
] as const;
export type Role = (typeof roles)[number];

/** Person or program for whom a request runs. */
export interface Viewer {
  /** Staff id (a StaffMember's id), partner principal, or the name of a service. */
  id: string;
  roles: readonly Role[];
  /** A partner's own agency; null for staff. */
  agencyId: string | null;
  /** Graph through which the request came. */
  graph: 'STAFF' | 'PARTNER' | 'INTERNAL';
}

const claims = z.object({
  jti: z.uuid(),
  exp: z.number(),
  sub: z.string().min(1),
  aud: z.string(),
  roles: z.array(z.enum(roles)),
  agencyId: z.string().nullable(),
  graph: z.enum(['STAFF', 'PARTNER', 'INTERNAL']),
  body: z.string(),
});

export interface ViewerBinding {
  /** Name of the subgraph that the token is for. */
  subgraph: string;
  /** The request body that the token belongs to: with another body the token is refused. */
  body: string;
}

/** A call from one service to another: its caller, the only root field that it may ask, and the keys that sign it. */
export interface InternalCall {
  caller: string;
  field: string;
  keys: readonly PublicKey[];
}

/** What a subgraph checks tokens with; `seen` lives as long as the subgraph. */
export interface ViewerGuard {
  /** The gateway's keys. They speak for people, never for services. */
  keys: readonly PublicKey[];
  /** Null: no service may call this subgraph. */
  internal: InternalCall | null;
  seen: SeenTokens;
}

const lifetimeSeconds = 60;
const clockToleranceSeconds = 5;

/**
 * Signs the viewer for one subgraph, one request body and one call, for a minute. A repeated call needs another
 * token.
 */
export function signViewer(viewer: Viewer, { subgraph, body }: ViewerBinding, key: SigningKey): string {
  return signViewerFor(viewer, { subgraph, digest: digestOf(body) }, key);
}

/** As signViewer, for a caller who has the digest of the body already. */
export function signViewerFor(
  { id, roles, agencyId, graph }: Viewer,
  { subgraph, digest }: { subgraph: string; digest: string },
  key: SigningKey,
): string {
  const known = { sub: id, aud: subgraph, jti: randomUUID(), roles, agencyId, graph, body: digest };
  return signerOf(key)(known);
}

/**
 * The viewer, or null when the token is missing, forged, expired, used before, or for another subgraph or body. A key
 * of the gateway is refused for graph INTERNAL, and a key of an internal call for everything but its caller.
 */
export function verifyViewer(
  token: string | undefined,
  { subgraph, body }: ViewerBinding,
  guard: ViewerGuard,
): Viewer | null {
  if (!token) return null;
  try {
    const speaker = speakerOf(guard, keyIdOf(token));
    if (!speaker) return null;
    const known = claims.parse(verifierOf(speaker.key)(token));
    if (known.aud !== subgraph || known.body !== digestOf(body)) return null;
    const viewer = { id: known.sub, roles: known.roles, agencyId: known.agencyId, graph: known.graph };
    if (!mayBe(viewer, speaker.caller)) return null;
    const expiresAt = (known.exp + clockToleranceSeconds) * 1_000;
    return guard.seen.admit(known.jti, expiresAt, Date.now()) ? viewer : null;
  } catch {
    return null;
  }
}

/** Whether the viewer has one of the roles. */
export function hasRole(viewer: Viewer, ...wanted: Role[]): boolean {
  return viewer.roles.some((role) => wanted.includes(role));
}

/** The key with this id, and for whom it speaks: a service by its name, or people (null). */
function speakerOf(
  { keys, internal }: ViewerGuard,
  id: string,
): { key: PublicKey; caller: string | null } | null {
  const ofGateway = keys.find((key) => key.id === id);
  if (ofGateway) return { key: ofGateway, caller: null };
  const ofService = internal?.keys.find((key) => key.id === id);
  return internal && ofService ? { key: ofService, caller: internal.caller } : null;
}

function mayBe({ id, graph, roles: held }: Viewer, caller: string | null): boolean {
  if (caller === null) return graph !== 'INTERNAL' && !held.includes('SYSTEM');
  return graph === 'INTERNAL' && id === caller && held.every((role) => role === 'SYSTEM');
}

const header = z.object({ kid: z.string() });

function keyIdOf(token: string): string {
  const [encoded = ''] = token.split('.', 1);
  return header.parse(JSON.parse(Buffer.from(encoded, 'base64url').toString())).kid;
}

// This library signs in the same thread. With a library that uses another thread, signing was half of a light
// call. ES256 is its cheapest algorithm: 27 us to sign and 84 us to verify; EdDSA takes 37 and 113.
const signerOf = memoized(({ id, privatePem }: SigningKey) =>
  createSigner({ key: privatePem, kid: id, algorithm: 'ES256', expiresIn: lifetimeSeconds * 1_000 }),
);
const verifierOf = memoized(({ publicPem }: PublicKey) =>
  createVerifier({
    key: publicPem,
    algorithms: ['ES256'],
    clockTolerance: clockToleranceSeconds * 1_000,
    requiredClaims: ['exp', 'jti'],
  }),
);

/** A process has few keys, for as long as its configuration. */
function memoized<Key extends object, Made>(make: (key: Key) => Made): (key: Key) => Made {
  const known = new WeakMap<Key, Made>();
  return (key) => {
    const made = known.get(key) ?? make(key);
    known.set(key, made);
    return made;
  };
}

/** What a token is bound to: SHA-256 of the body's bytes, base64url. */
export function digestOf(body: string | Uint8Array): string {
  return hash('sha256', body, 'base64url');
}
