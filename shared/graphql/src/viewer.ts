import { createHash } from 'node:crypto';
import { SignJWT, jwtVerify } from 'jose';
import { z } from 'zod';

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

const lifetimeSeconds = 60;

/** Signs who is asking, for one subgraph and one request body, for a minute. */
export function signViewer(viewer: Viewer, binding: ViewerBinding, secret: string): Promise<string> {
  return new SignJWT({
    roles: [...viewer.roles],
    agencyId: viewer.agencyId,
    graph: viewer.graph,
    body: digest(binding.body),
  })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(viewer.id)
    .setAudience(binding.subgraph)
    .setIssuedAt()
    .setExpirationTime(`${lifetimeSeconds}s`)
    .sign(keyOf(secret));
}

/** The viewer, or null when the token is missing, forged, expired, for another subgraph or another body. */
export async function verifyViewer(
  token: string | undefined,
  binding: ViewerBinding,
  secret: string,
): Promise<Viewer | null> {
  if (!token) return null;
  try {
    const { payload } = await jwtVerify(token, keyOf(secret), {
      audience: binding.subgraph,
      algorithms: ['HS256'],
      clockTolerance: 5,
    });
    const known = claims.parse(payload);
    if (known.body !== digest(binding.body)) return null;
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
