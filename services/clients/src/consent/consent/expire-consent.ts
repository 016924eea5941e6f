import { lockRow, writeChange } from '@throughline/command';
import { ownCause } from '@throughline/events';
import type { Job } from '@throughline/messaging';
import { z } from 'zod';
import { ConsentEntity } from './consent.entity.ts';
import { endOf, expire } from './consent.ts';

const payloadShape = z.object({ consentId: z.string() });

/** Ends a consent when its last day is over. Run twice, or after a revocation, it does nothing. */
export function expireConsent({ now, timeZone }: { now: () => Date; timeZone: string }): Job {
  return (payload, { dataSource }) =>
    dataSource.transaction(async (tx) => {
      const { consentId } = payloadShape.parse(payload);
      const consent = await lockRow(tx, ConsentEntity, consentId);
      if (consent?.status !== 'ACTIVE') return;

      const at = now();
      const expired = expire(consent, { now: at, timeZone });
      if (!expired) {
        // The clock of the database is ahead of this one; a job that fails runs again a little later.
        if (endOf(consent, timeZone)) throw new Error('The last day of the consent is not over yet');
        return;
      }
      const cause = ownCause('clients', at);
      await writeChange(tx, cause, [ConsentEntity, consent], expired);
    });
}
