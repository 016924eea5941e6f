import { act } from '@throughline/graphql';
import { routes, type MessageChannel } from '../../catalogue/catalogue/routes.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import { isSelf } from '../../inbox/notification/is-self.ts';
import { notificationCodes } from '../../inbox/notification/notification.ts';
import { setMessagePreference } from './preference.commands.ts';
import { maySilence } from './preference.ts';

export const resolvers: Resolvers = {
  Mutation: { setMessagePreference: act(setMessagePreference) },
  StaffMember: {
    messagePreferences: async ({ id }, _args, { viewer, loaders }) => {
      if (!isSelf(viewer, id)) return null;
      const silenced = new Set(
        (await loaders.silencedByStaff.load(id)).map(({ code, channel }) => `${code} ${channel}`),
      );
      return notificationCodes.flatMap((code) =>
        channelsOf(code).map((channel) => ({
          ...{ code, channel, silenced: silenced.has(`${code} ${channel}`), maySilence: maySilence(code) },
        })),
      );
    },
  },
};

function channelsOf(code: (typeof notificationCodes)[number]): MessageChannel[] {
  return [...new Set((routes[code] ?? []).flat())].filter((channel) => channel !== 'CHAT');
}
