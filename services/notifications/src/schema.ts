import type { Logger } from '@throughline/runtime';
import { serviceSchema } from '@throughline/service';
import type { GraphQLSchema } from 'graphql';
import { resolvers as catalogue } from './catalogue/catalogue/catalogue.resolvers.ts';
import { resolvers as escalation } from './duty/escalation/escalation.resolvers.ts';
import { resolvers as notification } from './inbox/notification/notification.resolvers.ts';
import { resolvers as quietHours } from './channel/quiet-hours/quiet-hours.resolvers.ts';

/** Each slice's resolvers; the SDL is found by its file ending. */
export function createSchema(logger: Logger): GraphQLSchema {
  return serviceSchema({
    service: 'notifications',
    sourceDir: import.meta.dirname,
    slices: [notification, catalogue, escalation, quietHours],
    logger,
  });
}
