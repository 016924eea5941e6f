import { setTimeout as pause } from 'node:timers/promises';
import { isUuid, type Viewer } from '@throughline/graphql';
import type { EntityManager } from 'typeorm';
import { careRoles, type Care } from './care.ts';
import type { CareReader } from './care-reader.ts';
import { mayKnow } from './reach.ts';

const patience = { totalMs: 2_000, stepMs: 25 };
/** A fact that is older than this has arrived, unless the consumer stands still; then waiting does not help either. */
const lagMs = 10_000;

/** Who asks for which client, and the server clock. */
export interface Awaited {
  viewer: Viewer;
  clientId: string;
  now: Date;
}

/**
 * For commands of a service that has a copy: the facts of a client who was registered a moment ago may still be on the
 * way. Waits, two seconds at most, only for an id that was made a moment ago and a viewer whose role could see the
 * client; whether somebody else's or nobody's, such an id takes the same time. Call it before the transaction.
 */
export async function awaitCare(
  care: CareReader,
  db: EntityManager,
  { viewer, clientId, now }: Awaited,
): Promise<Care | null> {
  const mayCome = couldSee(viewer) && isYoung(clientId, now);
  const deadline = performance.now() + (mayCome ? patience.totalMs : 0);
  for (;;) {
    const found = (await care.careIn(db, [clientId])).get(clientId.toLowerCase()) ?? null;
    if (mayKnow(viewer, found) || performance.now() >= deadline) return found;
    await pause(patience.stepMs);
  }
}

/** Whether the viewer would see the client, if every relation were there. */
function couldSee(viewer: Viewer): boolean {
  return viewer.graph === 'STAFF' && viewer.roles.some((role) => reaching.has(role));
}
const reaching: ReadonlySet<string> = new Set([...careRoles, 'INTAKE_WORKER', 'PRIVACY_OFFICER']);

/** The first 48 bits of an id (UUID version 7) are the millisecond at which it was made. */
function isYoung(id: string, now: Date): boolean {
  if (!isUuid(id) || id[14] !== '7') return false;
  const madeAt = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
  return Math.abs(now.getTime() - madeAt) < lagMs;
}
