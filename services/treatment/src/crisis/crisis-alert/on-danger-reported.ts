import { CareEntity } from '@throughline/care';
import { dangerReported } from '@throughline/events';
import { on, record, type Reaction } from '@throughline/messaging';
import { recomputeRisk } from '../../assessment/risk/recompute-risk.ts';
import type { Consequences } from '../../consequences.ts';
import { crisisCauses, type CrisisCause } from './crisis-alert.ts';

/** Somebody began a referral for a client in danger of life: a crisis of level 1 is opened in its place. */
export function onDangerReported(
  { openCrisis, driverSources }: Consequences,
  { now, timeZone }: { now: () => Date; timeZone: string },
): Reaction {
  return on(dangerReported, async (tx, { clientId, cause: named }, received) => {
    const care = await tx.findOneBy(CareEntity, { clientId });
    const { actor } = received.cause;
    const openedBy = actor.kind === 'STAFF' ? actor.id : null;
    const cause = crisisCauses.find((one): one is CrisisCause => one === named) ?? 'OTHER';
    const opening = { clientId, level: 1 as const, cause, screeningId: null, openedBy, note: null };
    const at = { now: now(), timeZone };
    const { facts } = await openCrisis(tx, opening, care, at);
    const tier = await recomputeRisk(tx, driverSources, clientId, at);
    await record(tx, { ...received.cause, causationId: received.id }, ...facts, ...tier);
  });
}
