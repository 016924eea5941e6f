import { typeOf } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { mustBePartner } from '../../partner/partner/partner.resolvers.ts';
import {
  agencyOf,
  createWebhookSubscription,
  disableWebhookSubscription,
  replayWebhookDelivery,
  rotateWebhookSecret,
} from './webhook.commands.ts';
import { listDeliveries, listEvents } from './webhook-lists.ts';
import { WebhookSubscriptionEntity } from './webhook.entity.ts';

const shown = { __resolveType: typeOf('WebhookSecretShown') as never };

export const resolvers: Resolvers = {
  Query: {
    partnerReferralEvents: (_root, args, { viewer, db }) => {
      mustBePartner(viewer);
      return listEvents(db, viewer.agencyId ?? '', args);
    },
    webhookSubscriptions: (_root, _args, { viewer, db }) =>
      db.manager.find(WebhookSubscriptionEntity, {
        where: { agencyId: agencyOf(viewer) },
        order: { createdAt: 'ASC', id: 'ASC' },
      }),
  },
  Mutation: {
    createWebhookSubscription: (_root, { input }, context) => createWebhookSubscription(context, input),
    rotateWebhookSecret: (_root, { input }, context) => rotateWebhookSecret(context, input),
    disableWebhookSubscription: (_root, { input }, context) => disableWebhookSubscription(context, input),
    replayWebhookDelivery: (_root, { input }, context) => replayWebhookDelivery(context, input),
  },
  CreateWebhookSubscriptionResult: shown,
  RotateWebhookSecretResult: shown,
  DisableWebhookSubscriptionResult: { __resolveType: typeOf('WebhookSubscription') as never },
  ReplayWebhookDeliveryResult: { __resolveType: typeOf('WebhookDelivery') as never },
  PartnerReferralEvent: { number: ({ number }) => Number(number) },
  WebhookSubscription: {
    deliveries: ({ id }, args, { db }) => listDeliveries(db, id, args),
  },
  WebhookDelivery: {
    nextAttemptAt: ({ state, nextAttemptAt }) => (state === 'PENDING' ? nextAttemptAt : null),
    attempts: ({ id }, _args, { loaders }) => loaders.attemptsByDelivery.load(id),
  },
};
