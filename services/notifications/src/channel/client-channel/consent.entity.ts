import { EntitySchema, type EntityManager } from 'typeorm';
import type { ChannelConsent } from './consent.ts';

export const ChannelConsentEntity = new EntitySchema<ChannelConsent>({
  name: 'ChannelConsent',
  tableName: 'channel_consent',
  columns: {
    id: { type: 'uuid', primary: true },
    clientId: { type: 'uuid', name: 'client_id' },
    channel: { type: 'text' },
    optedIn: { type: 'boolean', name: 'opted_in' },
    address: { type: 'text' },
    language: { type: 'text' },
    source: { type: 'text' },
    at: { type: 'timestamptz' },
    recordedBy: { type: 'uuid', name: 'recorded_by', nullable: true },
  },
});

const columns = `id, client_id as "clientId", channel, opted_in as "optedIn", address, language, source, at, recorded_by as "recordedBy"`;

/** The line that counts of each channel of these clients; of two at the same time, the one that ends messages. */
export function findLastConsents(
  tx: Pick<EntityManager, 'query'>,
  clientIds: readonly string[],
): Promise<ChannelConsent[]> {
  return tx.query(
    `select distinct on (client_id, channel) ${columns} from channel_consent where client_id = any($1)
     order by client_id, channel, at desc, opted_in, id desc`,
    [clientIds],
  );
}

/** The lines that count now and hold this address: several people may share a number or a mailbox. */
export async function findConsentsAt(tx: EntityManager, address: string): Promise<ChannelConsent[]> {
  const rows: { clientId: string }[] = await tx.query(
    'select distinct client_id as "clientId" from channel_consent where address = $1',
    [address],
  );
  const clientIds = rows.map(({ clientId }) => clientId);
  await takeTurns(tx, clientIds);
  const last = await findLastConsents(tx, clientIds);
  return last.filter((line) => line.address === address);
}

/** STOP, an end and a new consent of one client are written one after the other; several clients wait in order of id. */
export async function takeTurns(tx: EntityManager, clientIds: readonly string[]): Promise<void> {
  await tx.query(
    `select pg_advisory_xact_lock(hashtextextended('channel consent ' || id, 0))
     from (select distinct id from unnest($1::uuid[]) as client (id) order by id) as one`,
    [clientIds],
  );
}
