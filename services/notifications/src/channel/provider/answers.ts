import type { EntityManager } from 'typeorm';
import { StaffAddressEntity } from '../address/address.entity.ts';
import { startAt, stopAt } from '../client-channel/end-at-address.ts';
import { stopWordIn, type StopWord } from './stop-words.ts';

/**
 * A person answered a text message: STOP ends messages to this number at once, also in the middle of a chain of attempts,
 * START takes that back. Answers the word.
 */
export async function takeAnswer(
  tx: EntityManager,
  { address, text }: { address: string; text: string },
  now: Date,
): Promise<StopWord | null> {
  const word = stopWordIn(text);
  if (word === 'STOP') await tx.update(StaffAddressEntity, { channel: 'SMS', address }, { fault: 'STOPPED' });
  if (word === 'STOP') await stopAt(tx, address, now);
  if (word === 'START') await startAt(tx, address, now);
  if (word === 'START')
    await tx.update(StaffAddressEntity, { channel: 'SMS', address, fault: 'STOPPED' }, { fault: null });
  return word;
}
