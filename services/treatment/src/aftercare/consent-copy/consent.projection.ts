import { consentExpired, consentRecorded, consentRevoked, consentSuperseded } from '@throughline/events';
import { defineProjection, on } from '@throughline/messaging';
import type { EntityManager } from 'typeorm';
import { ConsentCopyEntity } from './consent-copy.entity.ts';
import type { ConsentCopy } from './consent-copy.ts';

/** Copy of consents, for the receivers of plans. */
export const consentCopyProjection = defineProjection({
  name: 'consents',
  tables: ['consent_copy'],
  concern: 'access',
  reactions: [
    on(consentRecorded, (tx, scope) => keep(tx, scope)),
    on(consentSuperseded, async (tx, { supersededId, ...scope }) => {
      await keep(tx, scope);
      await tx.update(ConsentCopyEntity, { consentId: supersededId }, { inForce: false });
    }),
    on(consentRevoked, (tx, ended) => end(tx, ended)),
    on(consentExpired, (tx, ended) => end(tx, ended)),
  ],
});

async function keep(tx: EntityManager, scope: Omit<ConsentCopy, 'inForce'>): Promise<void> {
  const { consentId, clientId, recipientAgencyIds, recipientClasses, version } = scope;
  const known = await tx.findOneBy(ConsentCopyEntity, { consentId });
  if (known && known.version >= version) return;
  const copy = { consentId, clientId, recipientAgencyIds, recipientClasses, version };
  await tx.upsert(ConsentCopyEntity, { ...copy, inForce: true }, ['consentId']);
}

async function end(
  tx: EntityManager,
  { consentId, version }: { consentId: string; version: number },
): Promise<void> {
  await tx.update(ConsentCopyEntity, { consentId }, { inForce: false, version });
}
