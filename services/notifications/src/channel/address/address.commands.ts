import { command } from '@throughline/command';
import type { Context } from '../../context.ts';
import type { RemoveMyAddressInput, SetMyAddressInput } from '../../generated/graphql.ts';
import { StaffAddressEntity } from './address.entity.ts';
import { addressFaults, type StaffAddress } from './address.ts';

/** Sets where the viewer is reached on a channel. A new address has no fault. */
export const setMyAddress = (context: Context, input: SetMyAddressInput) =>
  command(
    context,
    { name: 'setMyAddress', input: {}, check: () => addressFaults(input.channel, input.address) },
    (_none, { tx, now, viewer }) => {
      const answer: StaffAddress = {
        ...{ staffId: viewer.id, channel: input.channel, address: input.address.trim() },
        ...{ language: input.language ?? 'en', fault: null, changedAt: now },
      };
      return { answer, also: () => tx.upsert(StaffAddressEntity, answer, ['staffId', 'channel']) };
    },
  );

/** Nothing more leaves for the viewer on this channel. */
export const removeMyAddress = (context: Context, { channel }: RemoveMyAddressInput) =>
  command(context, { name: 'removeMyAddress', input: {} }, (_none, { tx, viewer }) => ({
    answer: { channel },
    also: () => tx.delete(StaffAddressEntity, { staffId: viewer.id, channel }),
  }));
