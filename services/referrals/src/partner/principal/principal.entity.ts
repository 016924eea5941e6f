import { connection, readPage, type Connection, type PageArgs } from '@throughline/graphql';
import { EntitySchema, MoreThan, type EntityManager } from 'typeorm';
import type { PartnerPrincipal } from './principal.ts';

export const PartnerPrincipalEntity = new EntitySchema<PartnerPrincipal>({
  name: 'PartnerPrincipal',
  tableName: 'partner_principal',
  columns: {
    id: { type: 'uuid', primary: true },
    agencyId: { type: 'uuid', name: 'agency_id' },
    subject: { type: 'text' },
    name: { type: 'text' },
    roles: { type: 'text', array: true },
    active: { type: 'boolean' },
    shutOutByProgram: { type: 'boolean', name: 'shut_out_by_program', default: false },
    rolesTakenAway: { type: 'text', array: true, name: 'roles_taken_away', default: [] },
    version: { type: 'integer' },
  },
});

/** People and systems of an agency, in order of their subject. */
export async function listPrincipals(
  db: EntityManager,
  agencyId: string,
  args: PageArgs,
): Promise<Connection<PartnerPrincipal>> {
  const page = readPage(args, 'partner principals');
  const rows = await db.find(PartnerPrincipalEntity, {
    where: { agencyId, ...(page.after?.[0] && { subject: MoreThan(page.after[0]) }) },
    order: { subject: 'ASC' },
    take: page.first + 1,
  });
  return connection(rows, page, ({ subject }) => [subject]);
}
