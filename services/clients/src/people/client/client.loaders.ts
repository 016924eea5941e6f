import { isUuid, loaderById, type RowsWith } from '@throughline/graphql';
import DataLoader from 'dataloader';
import type { EntityManager, EntitySchema } from 'typeorm';
import type { Care } from './client.access.ts';
import type { Client } from './client.ts';
import { ClientEntity } from './client.entity.ts';

export type CareLoader = DataLoader<string, Care | null>;

const CARE = `
  select c.id as "clientId", a.case_manager_id as "caseManagerId", m.supervisor_id as "supervisorId",
         c.registered_by as "registeredBy"
  from client c
  left join assignment a on a.client_id = c.id and a.role = 'PRIMARY' and a.ended_at is null
  left join case_manager m on m.id = a.case_manager_id`;

/** Who works with these clients, in one statement. */
export function findCare(db: EntityManager, clientIds: readonly string[]): Promise<Care[]> {
  return db.query(`${CARE} where c.id = any($1::uuid[])`, [clientIds]);
}

export function careLoader(db: EntityManager): CareLoader {
  return new DataLoader(async (ids) => {
    const known = ids.filter(isUuid);
    const rows = known.length > 0 ? await findCare(db, known) : [];
    const byClient = new Map(rows.map((row) => [row.clientId, row]));
    return ids.map((id) => byClient.get(id.toLowerCase()) ?? null);
  });
}

/** Rows about clients with who works with them, so that the permission to read a row costs no statement of its own. */
export function withCare<Row extends { clientId: string }>(
  entity: EntitySchema<Row>,
  care: CareLoader,
): RowsWith<Row> {
  return { ...besideRow('r.client_id', care), entity };
}

export function clientLoaders(db: EntityManager, care: CareLoader) {
  return { clientById: loaderById<Client>(db, { ...besideRow('r.id', care), entity: ClientEntity }) };
}

function besideRow(clientId: string, care: CareLoader): Pick<RowsWith<object>, 'beside' | 'keep'> {
  return {
    beside: `(select to_json(care) from (${CARE} where c.id = ${clientId}) care)`,
    keep: (_row, found) => {
      const known = found as Care | null;
      if (known) care.prime(known.clientId, known);
    },
  };
}
