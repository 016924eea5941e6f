import { record, type Job } from '@throughline/messaging';
import type { DriverSource } from './drivers.ts';
import { recomputeRisk, riskJob, riskPayload } from './recompute-risk.ts';

/** Computes a tier again when a driver no longer counts. */
export function riskJobs(
  sources: readonly DriverSource[],
  { now, timeZone }: { now: () => Date; timeZone: string },
): Record<string, Job> {
  return {
    [riskJob]: async (payload, { dataSource }) => {
      const { clientId } = riskPayload.parse(payload);
      await dataSource.transaction(async (tx) => {
        const facts = await recomputeRisk(tx, sources, clientId, { now: now(), timeZone });
        const cause = {
          actor: { kind: 'SYSTEM', id: 'treatment' },
          correlationId: `risk:${clientId}`,
        } as const;
        await record(tx, cause, ...facts);
      });
    },
  };
}
