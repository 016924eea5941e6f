import { act, byId } from '@throughline/graphql';
import { dayIsOver } from '@throughline/privacy';
import type { Resolvers } from '../../generated/graphql.ts';
import { checkSupport } from './support.commands.ts';
import { checklistOf, supportItems } from './support.ts';

export const resolvers: Resolvers = {
  Mutation: { checkSupport: act(checkSupport) },
  Client: {
    supportChecklist: async ({ id }, _args, { loaders }) =>
      checklistOf(await loaders.supportByClient.load(id.toLowerCase())),
  },
  SupportEntry: {
    __resolveReference: byId('supportEntryById'),
    client: ({ clientId }) => ({ id: clientId }),
    label: ({ item }) => supportItems.find(({ code }) => code === item)?.label ?? item,
    isOverdue: ({ nextStepOn }, _args, { now, timeZone }) =>
      nextStepOn !== null && dayIsOver(nextStepOn, { now: now(), timeZone }),
    recordedBy: ({ recordedBy }) => ({ id: recordedBy }),
  },
};
