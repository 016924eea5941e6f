import { disclosureMade } from '@throughline/events';
import { on } from '@throughline/messaging';
import { ClientEntity } from '../../people/client/client.entity.ts';
import { DisclosureRecordEntity } from './disclosure.entity.ts';
import { follow } from './disclosure.ts';

/** A disclosure becomes a line of the client's accounting, from each service that discloses. */
export function onDisclosureMade(now: () => Date) {
  return on(disclosureMade, async (tx, { disclosureId: id, disclosedAt, ...disclosed }, { cause }) => {
    const { clientId } = disclosed;
    // A lock of its own: a partner that reads must not hold up a command on the client.
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('ledger:' || $1, 0))`, [clientId]);
    // The fact about an unknown client fails, and is parked for a person.
    if (!(await tx.existsBy(ClientEntity, { id: clientId }))) throw new Error('The client is not known');
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
