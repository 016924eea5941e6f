import { createHash, randomUUID } from 'node:crypto';
import { SignJWT, jwtVerify } from 'jose';
import { z } from 'zod';
import type { SeenTokens } from './seen-tokens.ts';

/** Domain reference 1.5. */
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
export function signViewer(viewer: Viewer, binding: ViewerBinding, secret: string): Promise<string> {
  return new SignJWT({
    roles: [...viewer.roles],
    agencyId: viewer.agencyId,
    graph: viewer.graph,
    body: digest(binding.body),
  })
    .setProtectedHeader({ alg: 'HS256' })
    .setJti(randomUUID())
    .setSubject(viewer.id)
    .setAudience(binding.subgraph)
    .setIssuedAt()
    .setExpirationTime(`${lifetimeSeconds}s`)
    .sign(keyOf(secret));
}

/** The viewer, or null when the token is missing, forged, expired, used before, or for another subgraph or body. */
export async function verifyViewer(
  token: string | undefined,
  binding: ViewerBinding,
  { secret, seen }: ViewerGuard,
): Promise<Viewer | null> {
  if (!token) return null;
  try {
    const { payload } = await jwtVerify(token, keyOf(secret), {
      audience: binding.subgraph,
      algorithms: ['HS256'],
      clockTolerance: clockToleranceSeconds,
    });
    const known = claims.parse(payload);
    if (known.body !== digest(binding.body)) return null;
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

function keyOf(secret: string): Uint8Array {
  return new TextEncoder().encode(secret);
}

function digest(body: string): string {
  return createHash('sha256').update(body).digest('base64url');
}
