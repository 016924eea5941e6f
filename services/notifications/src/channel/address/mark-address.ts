import type { EntityManager } from 'typeorm';
import type { MessageChannel } from '../../catalogue/catalogue/routes.ts';
import type { AttemptOutcome } from '../delivery/delivery.ts';
import { endUnreachable, stopAt } from '../client-channel/end-at-address.ts';
import { StaffAddressEntity } from './address.entity.ts';
import { addressedChannels, type AddressedChannel } from './address.ts';

/**
 * Remembers that an address no longer works, or that its owner wants no messages: the next attempt passes it over. An address
 * that was changed meanwhile stays as it is.
 */
export async function markAddress(
  tx: EntityManager,
  { channel, address }: { channel: MessageChannel; address: string },
  { outcome, isStopped = false }: { outcome: AttemptOutcome; isStopped?: boolean },
  now: Date,
): Promise<void> {
  if (outcome !== 'FAILED_FOR_GOOD' || !isAddressed(channel)) return;
  await tx.update(StaffAddressEntity, { channel, address }, { fault: isStopped ? 'STOPPED' : 'UNREACHABLE' });
  if (isStopped) await stopAt(tx, address, now);
  else await endUnreachable(tx, { channel, address }, now);
}

function isAddressed(channel: MessageChannel): channel is AddressedChannel {
  return (addressedChannels as readonly string[]).includes(channel);
}
