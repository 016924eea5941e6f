import { awaitCopy, isUuid, loaderById, madeAt } from '@throughline/graphql';
import { EntitySchema, In, type DataSource, type EntityManager } from 'typeorm';
import type { Agency } from './agency.ts';

export const AgencyEntity = new EntitySchema<Agency>({
  name: 'Agency',
  tableName: 'agency',
  columns: {
    id: { type: 'uuid', primary: true },
    agencyType: { type: 'text', name: 'agency_type' },
    hipaaStatus: { type: 'text', name: 'hipaa_status' },
    active: { type: 'boolean' },
  },
});

export function agencyLoaders(db: EntityManager) {
  return { agencyById: loaderById(db, AgencyEntity) };
}

/**
 * Those of the ids, in small letters, that are of no agency. When an unknown one was made a moment ago, its fact may be on the
 * way: this waits for the youngest, which comes last. Another text than an id is another fault.
 */
export async function awaitAgencies(db: DataSource, ids: readonly string[], now: Date): Promise<Set<string>> {
  const unknown = await findUnknown(db.manager, ids.filter(isUuid));
  const made = (id: string): number => madeAt(id)?.getTime() ?? 0;
  const [youngest] = [...unknown].sort((a, b) => made(b) - made(a));
  if (youngest === undefined) return unknown;
  const arrived = await awaitCopy(youngest, now, async () =>
    (await db.manager.existsBy(AgencyEntity, { id: youngest })) ? true : undefined,
  );
  return arrived ? findUnknown(db.manager, [...unknown]) : unknown;
}

/** Those of the ids that are of no agency of the directory now. */
export async function findUnknown(db: EntityManager, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const known = new Set((await db.find(AgencyEntity, { where: { id: In(ids) } })).map(({ id }) => id));
  return new Set(ids.filter((id) => !known.has(id)));
}
