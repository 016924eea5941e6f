import { disclosureMade } from '@throughline/events';
import { on } from '@throughline/messaging';
import { ClientEntity } from '../../people/client/client.entity.ts';
import { DisclosureRecordEntity } from './disclosure.entity.ts';
import { follow } from './disclosure.ts';

/** A disclosure becomes a line of the client's accounting, from each service that discloses. */
export function onDisclosureMade(now: () => Date) {
  return on(disclosureMade, async (tx, { disclosureId: id, disclosedAt, ...disclosed }, { cause }) => {
    const { clientId } = disclosed;
    // The row of the client is the lock of the chain. For an unknown client this fails, and the fact is parked.
    await tx.findOneOrFail(ClientEntity, { where: { id: clientId }, lock: { mode: 'pessimistic_write' } });
    if (await tx.existsBy(DisclosureRecordEntity, { id })) return;

    const last = await tx.findOne(DisclosureRecordEntity, {
      where: { clientId },
      order: { sequence: 'DESC' },
    });
    const entry = follow(last, {
      ...disclosed,
      id,
      disclosedAt: new Date(disclosedAt),
      actorKind: cause.actor.kind,
      actorId: cause.actor.id,
      recordedAt: now(),
    });
    await tx.insert(DisclosureRecordEntity, entry);
  });
}
