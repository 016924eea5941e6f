import { isUuid, loaderById } from '@throughline/graphql';
import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import type { Care } from './client.access.ts';
import { ClientEntity } from './client.entity.ts';

const CARE = `
  select c.id as "clientId", a.case_manager_id as "caseManagerId", m.supervisor_id as "supervisorId",
         c.registered_by as "registeredBy"
  from client c
  left join assignment a on a.client_id = c.id and a.role = 'PRIMARY' and a.ended_at is null
  left join case_manager m on m.id = a.case_manager_id
  where c.id = any($1::uuid[])`;

/** Who works with these clients, in one statement. */
export function findCare(db: EntityManager, clientIds: readonly string[]): Promise<Care[]> {
  return db.query(CARE, [clientIds]);
}

export function clientLoaders(db: EntityManager) {
  return {
    clientById: loaderById(db, ClientEntity),
    careByClient: new DataLoader<string, Care | null>(async (ids) => {
      const known = ids.filter(isUuid);
      const rows = known.length > 0 ? await findCare(db, known) : [];
      const byClient = new Map(rows.map((row) => [row.clientId, row]));
      return ids.map((id) => byClient.get(id.toLowerCase()) ?? null);
    }),
  };
}
