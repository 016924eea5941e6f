import {
  clientRestrictionChanged,
  consentExpired,
  consentRecorded,
  consentRevoked,
  consentSuperseded,
} from '@throughline/events';
import { defineProjection, on } from '@throughline/messaging';
import type { EntityManager } from 'typeorm';
import { ClientRestrictionEntity } from './client-restriction.entity.ts';
import type { ConsentScope } from './consent-scope.ts';
import { ConsentScopeEntity } from './consent-scope.entity.ts';

/** Copy of consents and restrictions. `consentReactions` ends the referrals that depended on them. */
export const consentProjection = defineProjection({
  name: 'consents',
  tables: ['consent_scope', 'client_restriction'],
  concern: 'access',
  reactions: [
    on(consentRecorded, (tx, scope) => keep(tx, scope)),
    on(consentSuperseded, async (tx, { supersededId, ...scope }) => {
      await keep(tx, scope);
      await tx.update(ConsentScopeEntity, { consentId: supersededId }, { status: 'SUPERSEDED' });
    }),
    on(consentRevoked, async (tx, { consentId, version }) => {
      await tx.update(ConsentScopeEntity, { consentId }, { status: 'REVOKED', version });
    }),
    on(consentExpired, async (tx, { consentId, version }) => {
      await tx.update(ConsentScopeEntity, { consentId }, { status: 'EXPIRED', version });
    }),
    on(clientRestrictionChanged, async (tx, limits) => {
      await tx.upsert(ClientRestrictionEntity, limits, ['clientId']);
    }),
  ],
});

async function keep(tx: EntityManager, scope: Omit<ConsentScope, 'status'>): Promise<void> {
  const known = await tx.findOneBy(ConsentScopeEntity, { consentId: scope.consentId });
  if (known && known.version >= scope.version) return;
  await tx.upsert(ConsentScopeEntity, { ...scope, status: 'ACTIVE' }, ['consentId']);
}
