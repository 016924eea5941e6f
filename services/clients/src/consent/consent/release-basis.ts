import { isUuid } from '@throughline/graphql';
import type { DataSource } from 'typeorm';
import { ClientEntity } from '../../people/client/client.entity.ts';
import type { Client } from '../../people/client/client.ts';
import { ConsentEntity } from './consent.entity.ts';
import type { Consent } from './consent.ts';

/** Client and consents of one moment, so that a revocation between two reads is not missed. */
export async function readTogether(
  db: DataSource,
  clientId: string,
): Promise<{ client: Client; consents: Consent[] } | null> {
  if (!isUuid(clientId)) return null;
  return db.transaction('REPEATABLE READ', async (tx) => {
    const client = await tx.findOneBy(ClientEntity, { id: clientId });
    if (!client) return null;
    const consents = await tx.find(ConsentEntity, {
      where: { clientId: client.id },
      order: { recordedAt: 'DESC', id: 'DESC' },
    });
    return { client, consents };
  });
}
