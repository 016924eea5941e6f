import { CareResponderEntity, responderReactions } from '@throughline/care';
import { loaderByOwner } from '@throughline/graphql';
import { defineProjection } from '@throughline/messaging';
import type { EntityManager } from 'typeorm';

/** Copy of who took a crisis over: it decides who may read, and is the record of it. */
export const responderProjection = defineProjection({
  concern: 'access',
  name: 'responder',
  tables: ['care_responder'],
  reactions: responderReactions,
});

export function responderLoaders(db: EntityManager) {
  return {
    respondersByClient: loaderByOwner(db, CareResponderEntity, 'clientId', { since: 'DESC', staffId: 'ASC' }),
  };
}
