import { lockRow } from '@throughline/command';
import { uuidV7 } from '@throughline/events';
import { record, type Job } from '@throughline/messaging';
import { z } from 'zod';
import { ClientEntity } from './client.entity.ts';
import { restrictionFact } from './client.ts';

export const restrictionJob = 'client.restriction';

const payloadShape = z.object({ clientId: z.uuid() });

/**
 * Records what a client restricts and blocks now, for services that did not keep all of it. A second run records
 * the same again, which is harmless.
 */
export function tellRestriction({ now }: { now: () => Date }): Job {
  return (payload, { dataSource }) =>
    dataSource.transaction(async (tx) => {
      const client = await lockRow(tx, ClientEntity, payloadShape.parse(payload).clientId);
      if (!client) return;
      const at = now();
      const cause = { actor: { kind: 'SYSTEM' as const, id: 'clients' }, correlationId: uuidV7(at) };
      await record(tx, cause, restrictionFact(client, at));
    });
}
