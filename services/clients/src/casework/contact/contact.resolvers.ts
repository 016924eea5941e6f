import { act, byId } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { correctContact, logContact, planNextContact } from './contact.commands.ts';
import { listContacts } from './contact-list.ts';

export const resolvers: Resolvers = {
  Query: { contacts: (_root, { caseId, ...args }, context) => listContacts(context, caseId, args) },
  Mutation: {
    logContact: act(logContact),
    correctContact: act(correctContact),
    planNextContact: act(planNextContact),
  },
  ContactEntry: {
    __resolveReference: byId('contactEntryById'),
    client: ({ clientId }, _args, { loaders }) => loaders.clientById.load(clientId),
    caseFile: ({ caseId }, _args, { loaders }) => loaders.caseFileById.load(caseId),
    loggedBy: ({ loggedBy }, _args, { loaders }) => loaders.staffMemberById.load(loggedBy),
    revisions: ({ id }, _args, { loaders }) => loaders.revisionsByContact.load(id),
  },
  PlannedContact: {
    plannedBy: ({ plannedBy }, _args, { loaders }) => loaders.staffMemberById.load(plannedBy),
  },
  ContactRevision: {
    at: ({ content }) => new Date(content.at),
    channel: ({ content }) => content.channel,
    reached: ({ content }) => content.reached,
    summary: ({ content }) => content.summary ?? null,
    replacedBy: ({ replacedBy }, _args, { loaders }) => loaders.staffMemberById.load(replacedBy),
  },
};
