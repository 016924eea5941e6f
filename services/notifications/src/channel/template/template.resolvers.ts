import { act } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import {
  approveMessageTemplate,
  proposeMessageTemplate,
  retireMessageTemplate,
} from './template.commands.ts';
import { defaultWording } from './default-templates.ts';
import { fillIn } from './policy.ts';
import { MessageTemplateEntity } from './template.entity.ts';
import { allowedFrom, exampleValues } from './template.ts';

const MOST = 100;

export const resolvers: Resolvers = {
  Query: {
    messageWords: async (_root, place, { db }) => {
      const editions = await db.manager.find(MessageTemplateEntity, {
        where: { code: place.code, language: place.language, channel: place.channel },
        order: { edition: 'DESC' },
        take: MOST,
      });
      return { house: defaultWording(place.code, place.language, place.channel), editions };
    },
  },
  Mutation: {
    proposeMessageTemplate: act(proposeMessageTemplate),
    approveMessageTemplate: act(approveMessageTemplate),
    retireMessageTemplate: act(retireMessageTemplate),
  },
  MessageTemplate: {
    preview: (template) => fillIn(template, exampleValues),
    proposedBy: ({ proposedBy }) => ({ id: proposedBy }),
    approvedBy: ({ approvedBy }) => (approvedBy ? { id: approvedBy } : null),
    allowedCommands: (template, _args, { viewer }) =>
      allowedFrom(template).filter((one) => one !== 'APPROVE' || template.proposedBy !== viewer.id),
  },
};
