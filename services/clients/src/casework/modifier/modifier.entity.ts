import { loaderByOwner } from '@throughline/graphql';
import { EntitySchema, type EntityManager } from 'typeorm';
import type { CaseModifiers } from './modifier.ts';

export const CaseModifiersEntity = new EntitySchema<CaseModifiers>({
  name: 'CaseModifiers',
  tableName: 'case_modifier',
  columns: {
    caseId: { type: 'uuid', name: 'case_id', primary: true },
    clientId: { type: 'uuid', name: 'client_id' },
    modifiers: { type: 'text', array: true },
    changedAt: { type: 'timestamptz', name: 'changed_at' },
    changedBy: { type: 'uuid', name: 'changed_by' },
    version: { type: 'integer' },
  },
});

export function modifierLoaders(db: EntityManager) {
  return { modifiersByCase: loaderByOwner(db, CaseModifiersEntity, 'caseId', { caseId: 'ASC' }) };
}

/** Replaces what was said before. The lock of the case keeps two of them apart. */
export async function keepModifiers(
  tx: EntityManager,
  { caseId, clientId, modifiers, changedAt, changedBy }: Omit<CaseModifiers, 'version'>,
): Promise<void> {
  await tx.query(
    `insert into case_modifier (case_id, client_id, modifiers, changed_at, changed_by, version)
     values ($1, $2, $3, $4, $5, 1)
     on conflict (case_id) do update set modifiers = excluded.modifiers, changed_at = excluded.changed_at,
       changed_by = excluded.changed_by, version = case_modifier.version + 1`,
    [caseId, clientId, modifiers, changedAt, changedBy],
  );
}
