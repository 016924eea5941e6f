import { command } from '@throughline/command';
import type { Context } from '../../context.ts';
import type { SetMessagePreferenceInput } from '../../generated/graphql.ts';
import { SilencedChannelEntity } from './preference.entity.ts';
import { preferenceFaults } from './preference.ts';

/** Silences a code on a channel for the viewer, or takes that back. */
export const setMessagePreference = (
  context: Context,
  { code, channel, silenced }: SetMessagePreferenceInput,
) =>
  command(
    context,
    {
      ...{ name: 'setMessagePreference', input: {} },
      check: () => preferenceFaults(code, channel, silenced),
    },
    (_none, { tx, now, viewer }) => ({
      answer: { code, channel, silenced },
      also: () =>
        silenced
          ? tx.upsert(SilencedChannelEntity, { staffId: viewer.id, code, channel, since: now }, [
              'staffId',
              'code',
              'channel',
            ])
          : tx.delete(SilencedChannelEntity, { staffId: viewer.id, code, channel }),
    }),
  );
