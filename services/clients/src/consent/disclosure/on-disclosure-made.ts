import { disclosureMade } from '@throughline/events';
import { on } from '@throughline/messaging';
import { ClientEntity } from '../../people/client/client.entity.ts';
import { DisclosureRecordEntity } from './disclosure.entity.ts';
import { follow } from './disclosure.ts';

/** Something left the program: a line in the client's accounting, whatever service let it out. */
export function onDisclosureMade(now: () => Date) {
  return on(disclosureMade, async (tx, { disclosureId: id, disclosedAt, ...disclosed }, { cause }) => {
    const { clientId } = disclosed;
    // The client's row is the lock of the chain; an unknown client fails here, and the fact is kept for a person.
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
