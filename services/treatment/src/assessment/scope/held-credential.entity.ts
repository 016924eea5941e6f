import { EntitySchema, type EntityManager } from 'typeorm';
import { licenceFor, type HeldCredential, type LicensedAct } from './scope.ts';

export const HeldCredentialEntity = new EntitySchema<HeldCredential>({
  name: 'HeldCredential',
  tableName: 'held_credential',
  columns: {
    id: { type: 'uuid', primary: true },
    staffId: { type: 'uuid', name: 'staff_id' },
    typeCode: { type: 'text', name: 'type_code' },
    validUntil: { type: 'date', name: 'valid_until', nullable: true },
    counts: { type: 'boolean' },
  },
});

/** The credential because of which a member of staff may do it on this day; null: none. */
export async function findLicence(
  tx: EntityManager,
  act: LicensedAct,
  { staffId, day }: { staffId: string; day: string },
): Promise<string | null> {
  return licenceFor(act, await tx.findBy(HeldCredentialEntity, { staffId }), day);
}
