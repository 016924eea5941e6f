import { command } from '@throughline/command';
import type { EntityManager } from 'typeorm';
import type { Context } from '../../context.ts';
import type { EndChannelConsentInput, RecordChannelConsentInput } from '../../generated/graphql.ts';
import { addressFaults, type AddressedChannel } from '../address/address.ts';
import { ChannelConsentEntity, findLastConsents, takeTurns } from './consent.entity.ts';
import { optIn, optOut } from './consent.ts';

/** Writes down that a client agreed to messages on a channel. */
export const recordChannelConsent = (context: Context, input: RecordChannelConsentInput) =>
  command(
    context,
    {
      ...{ name: 'recordChannelConsent', input, client: input.clientId, creates: ChannelConsentEntity },
      ...{ part: 'CONTACT', check: () => addressFaults(input.channel, input.address) },
    },
    async (_care, { tx, now, viewer }) => {
      await takeTurns(tx, [input.clientId]);
      const { clientId, channel, address, source } = input;
      return optIn(
        { clientId, channel, address, source, language: input.language ?? 'en' },
        { id: viewer.id, now },
      );
    },
  );

/** Writes down that a client wants no more messages on a channel: none leaves from now on. */
export const endChannelConsent = (context: Context, input: EndChannelConsentInput) =>
  command(
    context,
    {
      ...{ name: 'endChannelConsent', input, client: input.clientId, creates: ChannelConsentEntity },
      part: 'CONTACT',
    },
    async (_care, { tx, now, viewer }) => {
      await takeTurns(tx, [input.clientId]);
      const last = await lastOf(tx, input.clientId, input.channel);
      return optOut(last, input.source, { id: viewer.id, now });
    },
  );

async function lastOf(tx: EntityManager, clientId: string, channel: AddressedChannel) {
  const last = await findLastConsents(tx, [clientId]);
  return last.find((line) => line.channel === channel) ?? null;
}
