import { act } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { mustBePartner } from '../../partner/partner/partner.resolvers.ts';
import {
  agencyOf,
  createWebhookSubscription,
  disableWebhookSubscription,
  enableWebhookSubscription,
  replayWebhookDelivery,
  rotateWebhookSecret,
  sendWebhookTestEvent,
} from './webhook.commands.ts';
import { listDeliveries, listEvents } from './webhook-lists.ts';
import { WebhookSubscriptionEntity } from './webhook.entity.ts';

/** Active ones first; an agency has few of them, and switched-off ones are history. */
const mostSubscriptions = 100;

export const resolvers: Resolvers = {
  Query: {
    partnerReferralEvents: (_root, args, { viewer, db }) => {
      mustBePartner(viewer);
      return listEvents(db, viewer.agencyId ?? '', args);
    },
    webhookSubscriptions: (_root, _args, { viewer, db }) =>
      db.manager.find(WebhookSubscriptionEntity, {
        where: { agencyId: agencyOf(viewer) },
        order: { status: 'ASC', createdAt: 'ASC', id: 'ASC' },
        take: mostSubscriptions,
      }),
  },
  Mutation: {
    createWebhookSubscription: act(createWebhookSubscription),
    rotateWebhookSecret: act(rotateWebhookSecret),
    disableWebhookSubscription: act(disableWebhookSubscription),
    enableWebhookSubscription: act(enableWebhookSubscription),
    replayWebhookDelivery: act(replayWebhookDelivery),
    sendWebhookTestEvent: act(sendWebhookTestEvent),
  },
  PartnerReferralEvent: { number: ({ number }) => Number(number) },
  WebhookSubscription: {
    deliveries: ({ id }, args, { db }) => listDeliveries(db, id, args),
  },
  WebhookDelivery: {
    nextAttemptAt: ({ state, nextAttemptAt }) => (state === 'PENDING' ? nextAttemptAt : null),
    attempts: ({ id }, _args, { loaders }) => loaders.attemptsByDelivery.load(id),
  },
};
