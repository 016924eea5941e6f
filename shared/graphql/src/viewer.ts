import { hash, randomUUID } from 'node:crypto';
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

/** On whose behalf a request runs. */
export interface Viewer {
  /** Staff id (a CaseManager's id), partner principal, or the name of a service. */
  id: string;
  roles: readonly Role[];
  /** A partner's own agency; null for staff. */
  agencyId: string | null;
  /** Through which graph the request came. */
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
  /** The request body it belongs to: the token is worth nothing with another one. */
  body: string;
}

/** What a subgraph checks tokens with; `seen` is kept for as long as the subgraph runs. */
export interface ViewerGuard {
  secret: string;
  seen: SeenTokens;
}

const lifetimeSeconds = 60;
const clockToleranceSeconds = 5;

/** Signs who is asking, for one subgraph, one request body and one call, for a minute. A repeated call needs another. */
export function signViewer(viewer: Viewer, { subgraph, body }: ViewerBinding, secret: string): string {
  return signViewerFor(viewer, { subgraph, digest: digestOf(body) }, secret);
}

/** The same, for a caller who needs the digest of the body for something else, too. */
export function signViewerFor(
  { id, roles, agencyId, graph }: Viewer,
  { subgraph, digest }: { subgraph: string; digest: string },
  secret: string,
): string {
  const known = { sub: id, aud: subgraph, jti: randomUUID(), roles, agencyId, graph, body: digest };
  return signerOf(secret)(known);
}

/** The viewer, or null when the token is missing, forged, expired, used before, or for another subgraph or body. */
export function verifyViewer(
  token: string | undefined,
  { subgraph, body }: ViewerBinding,
  { secret, seen }: ViewerGuard,
): Viewer | null {
  if (!token) return null;
  try {
    const known = claims.parse(verifierOf(secret)(token));
    if (known.aud !== subgraph || known.body !== digestOf(body)) return null;
    const expiresAt = (known.exp + clockToleranceSeconds) * 1_000;
    if (!seen.admit(known.jti, expiresAt, Date.now())) return null;
    return { id: known.sub, roles: known.roles, agencyId: known.agencyId, graph: known.graph };
  } catch {
    return null;
  }
}

/** Whether the viewer has one of the roles. */
export function hasRole(viewer: Viewer, ...wanted: Role[]): boolean {
  return viewer.roles.some((role) => wanted.includes(role));
}

// A library that signs in place: with one that hands each token to another thread, half of a light call was that.
const signerOf = memoized((key) =>
  createSigner({ key, algorithm: 'HS256', expiresIn: lifetimeSeconds * 1_000 }),
);
const verifierOf = memoized((key) =>
  createVerifier({
    key,
    algorithms: ['HS256'],
    clockTolerance: clockToleranceSeconds * 1_000,
    requiredClaims: ['exp', 'jti'],
  }),
);

/** A process has one secret, tests have several. */
function memoized<Made>(make: (secret: string) => Made): (secret: string) => Made {
  const known = new Map<string, Made>();
  return (secret) => {
    const made = known.get(secret) ?? make(secret);
    known.set(secret, made);
    return made;
  };
}

/** What a token is bound to: SHA-256 of the body's bytes, base64url. */
export function digestOf(body: string | Uint8Array): string {
  return hash('sha256', body, 'base64url');
}
