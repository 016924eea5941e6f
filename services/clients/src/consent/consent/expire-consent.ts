import { uuidV7 } from '@throughline/events';
import { record, type Job } from '@throughline/messaging';
import { z } from 'zod';
import { ConsentEntity } from './consent.entity.ts';
import { endOf, expire } from './consent.ts';

const payloadShape = z.object({ consentId: z.string() });

/** Ends a consent when its last day is over. Run twice, or after a revocation, it does nothing. */
export function expireConsent({ now, timeZone }: { now: () => Date; timeZone: string }): Job {
  return (payload, { dataSource }) =>
    dataSource.transaction(async (tx) => {
      const { consentId } = payloadShape.parse(payload);
      const where = { id: consentId };
      const consent = await tx.findOne(ConsentEntity, { where, lock: { mode: 'pessimistic_write' } });
      if (consent?.status !== 'ACTIVE') return;

      const at = now();
      const expired = expire(consent, { now: at, timeZone });
      if (!expired) {
        // The database's clock is ahead of ours; a job that fails is run again a little later.
        if (endOf(consent, timeZone)) throw new Error('The last day of the consent is not over yet');
        return;
      }
      await tx.update(ConsentEntity, where, expired.consent);
      await record(tx, { actor: { kind: 'SYSTEM', id: 'clients' }, correlationId: uuidV7(at) }, expired.fact);
    });
}
