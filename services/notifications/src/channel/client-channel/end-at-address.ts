import type { EntityManager } from 'typeorm';
import type { AddressedChannel } from '../address/address.ts';
import { ChannelConsentEntity, findConsentsAt } from './consent.entity.ts';
import { optIn, optOut, type ChannelConsent } from './consent.ts';

type Change = (line: ChannelConsent) => { insert: ChannelConsent } | object;

/** A client answered STOP: no text message and no call to this number any more, for everybody who gave it. */
export function stopAt(tx: EntityManager, address: string, now: Date): Promise<void> {
  return changeAt(tx, address, (line) => optOut(line, 'STOP_WORD', { id: null, now }));
}

/** START takes back what STOP ended, and nothing that was ended otherwise. */
export function startAt(tx: EntityManager, address: string, now: Date): Promise<void> {
  return changeAt(tx, address, (line) =>
    line.source === 'STOP_WORD' ? optIn({ ...line, source: 'START_WORD' }, { id: null, now }) : {},
  );
}

/** A receiver refused the address for good. */
export function endUnreachable(
  tx: EntityManager,
  { channel, address }: { channel: AddressedChannel; address: string },
  now: Date,
): Promise<void> {
  return changeAt(tx, address, (line) =>
    line.channel === channel ? optOut(line, 'UNREACHABLE', { id: null, now }) : {},
  );
}

/** The ledger keeps every line: a change is a new one. */
async function changeAt(tx: EntityManager, address: string, change: Change): Promise<void> {
  const last = await findConsentsAt(tx, address);
  const lines = last.map(change).flatMap((decided) => ('insert' in decided ? [decided.insert] : []));
  if (lines.length > 0) await tx.insert(ChannelConsentEntity, lines);
}
