import { buildSchema } from '@throughline/graphql';
import type { GraphQLSchema } from 'graphql';
import { resolvers as caseManager } from './case-manager/case-manager.resolvers.ts';
import { resolvers as client } from './client/client.resolvers.ts';
import { resolvers as escalation } from './escalation/escalation.resolvers.ts';
import { resolvers as notification } from './notification/notification.resolvers.ts';
import { resolvers as quietHours } from './quiet-hours/quiet-hours.resolvers.ts';

/** Each slice's resolvers; the SDL is found by its file ending. */
export function createSchema(): GraphQLSchema {
  return buildSchema(import.meta.dirname, [notification, escalation, quietHours, caseManager, client]);
}
