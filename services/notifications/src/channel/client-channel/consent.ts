import type { Decision } from '@throughline/command/decision';
import { uuidV7 } from '@throughline/events';
import { notFound } from '@throughline/graphql/problems';
import type { AddressedChannel, MessageLanguage } from '../address/address.ts';
import type { Way } from '../delivery/delivery.ts';

export const consentSources = [
  'IN_PERSON',
  'BY_PHONE',
  'WRITTEN',
  'STOP_WORD',
  'START_WORD',
  'UNREACHABLE',
] as const;
export type ConsentSource = (typeof consentSources)[number];

/**
 * One line of the ledger: a client agreed to messages on a channel, at this address, or ended them. The last line of a channel
 * counts. It is no consent to disclose anything. Source: infra/reference/domain.md 6.3.
 */
export interface ChannelConsent {
  id: string;
  clientId: string;
  channel: AddressedChannel;
  optedIn: boolean;
  address: string;
  language: MessageLanguage;
  source: ConsentSource;
  at: Date;
  /** Member of staff who wrote it down; null when the client or a receiver answered. */
  recordedBy: string | null;
}

type Agreed = Pick<ChannelConsent, 'clientId' | 'channel' | 'address' | 'language' | 'source'>;

/** The client agrees. The address has no faults. */
export function optIn(
  agreed: Agreed,
  by: { id: string | null; now: Date },
): Decision<ChannelConsent, never, never> {
  const { clientId, channel, address, language, source } = agreed;
  const line = { clientId, channel, address: address.trim(), language, source };
  return { insert: { id: uuidV7(by.now), ...line, optedIn: true, at: by.now, recordedBy: by.id } };
}

/** The client ends it; NotFound when it is ended or was never given. */
export function optOut(
  last: ChannelConsent | null,
  source: ConsentSource,
  by: { id: string | null; now: Date },
): Decision<ChannelConsent, never> {
  if (!last?.optedIn) return notFound('ChannelConsent');
  return { insert: { ...last, id: uuidV7(by.now), optedIn: false, source, at: by.now, recordedBy: by.id } };
}

/** The way to a client on a channel, or why there is none. */
export function wayOf(last: ChannelConsent | undefined): Way {
  if (last?.optedIn) return { address: last.address, language: last.language };
  if (last?.source === 'STOP_WORD') return 'STOPPED';
  return last?.source === 'UNREACHABLE' ? 'UNREACHABLE' : 'NO_CONSENT';
}
