import type { Logger } from '@throughline/runtime';
import { serviceSchema } from '@throughline/service';
import type { GraphQLSchema } from 'graphql';
import { resolvers as caseManager } from './case-manager/case-manager.resolvers.ts';
import { resolvers as client } from './client/client.resolvers.ts';
import { resolvers as escalation } from './escalation/escalation.resolvers.ts';
import { resolvers as notification } from './notification/notification.resolvers.ts';
import { resolvers as quietHours } from './quiet-hours/quiet-hours.resolvers.ts';

/** Each slice's resolvers; the SDL is found by its file ending. */
export function createSchema(logger: Logger): GraphQLSchema {
  return serviceSchema({
    service: 'notifications',
    sourceDir: import.meta.dirname,
    slices: [notification, escalation, quietHours, caseManager, client],
    logger,
  });
}
