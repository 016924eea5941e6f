import { act } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { endChannelConsent, recordChannelConsent } from './consent.commands.ts';

export const resolvers: Resolvers = {
  Mutation: { recordChannelConsent: act(recordChannelConsent), endChannelConsent: act(endChannelConsent) },
  Client: {
    channelConsents: ({ id }, _args, { loaders }) => loaders.consentsByClient.load(id),
  },
  ChannelConsent: {
    recordedBy: ({ recordedBy }) => (recordedBy ? { id: recordedBy } : null),
  },
};
