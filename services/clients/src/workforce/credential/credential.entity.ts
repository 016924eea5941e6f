import DataLoader from 'dataloader';
import { loaderById, loaderByOwner } from '@throughline/graphql';
import { EntitySchema, In, type EntityManager } from 'typeorm';
import { numeric } from '../case-manager/case-manager.entity.ts';
import type { Credential, CredentialType } from './credential.ts';
import type { Held } from './gate.ts';

export interface CeActivity {
  id: string;
  credentialId: string;
  heldOn: string;
  title: string;
  hours: number;
  ethicsHours: number;
  recordedAt: Date;
  recordedBy: string;
}

export const CredentialTypeEntity = new EntitySchema<CredentialType>({
  name: 'CredentialType',
  tableName: 'credential_type',
  columns: {
    id: { type: 'uuid', primary: true },
    code: { type: 'text' },
    name: { type: 'text' },
    issuer: { type: 'text' },
    cycleMonths: { type: 'integer', name: 'cycle_months', nullable: true },
    ceHours: { type: 'numeric', name: 'ce_hours', precision: 6, scale: 2, transformer: numeric },
    ceEthicsHours: { type: 'numeric', name: 'ce_ethics_hours', precision: 6, scale: 2, transformer: numeric },
    renewalOpensDays: { type: 'integer', name: 'renewal_opens_days' },
    graceDays: { type: 'integer', name: 'grace_days' },
    qualifies: { type: 'boolean' },
    version: { type: 'integer' },
  },
});

export const CredentialEntity = new EntitySchema<Credential>({
  name: 'Credential',
  tableName: 'credential',
  columns: {
    id: { type: 'uuid', primary: true },
    staffId: { type: 'uuid', name: 'staff_id' },
    typeCode: { type: 'text', name: 'type_code' },
    number: { type: 'text', nullable: true },
    issuedOn: { type: 'date', name: 'issued_on' },
    expiresOn: { type: 'date', name: 'expires_on', nullable: true },
    status: { type: 'text' },
    evidence: { type: 'jsonb' },
    renewsUntil: { type: 'date', name: 'renews_until', nullable: true },
    verifiedBy: { type: 'uuid', name: 'verified_by', nullable: true },
    verifiedAt: { type: 'timestamptz', name: 'verified_at', nullable: true },
    version: { type: 'integer' },
  },
});

export const CeActivityEntity = new EntitySchema<CeActivity>({
  name: 'ContinuingEducation',
  tableName: 'continuing_education',
  columns: {
    id: { type: 'uuid', primary: true },
    credentialId: { type: 'uuid', name: 'credential_id' },
    heldOn: { type: 'date', name: 'held_on' },
    title: { type: 'text' },
    hours: { type: 'numeric', precision: 6, scale: 2, transformer: numeric },
    ethicsHours: { type: 'numeric', name: 'ethics_hours', precision: 6, scale: 2, transformer: numeric },
    recordedAt: { type: 'timestamptz', name: 'recorded_at' },
    recordedBy: { type: 'uuid', name: 'recorded_by' },
  },
});

/** The types are few, and one statement reads those that a request needs. */
function typeLoader(db: EntityManager): DataLoader<string, CredentialType | null> {
  return new DataLoader(async (codes) => {
    const types = await db.findBy(CredentialTypeEntity, { code: In([...codes]) });
    const byCode = new Map(types.map((type) => [type.code, type]));
    return codes.map((code) => byCode.get(code) ?? null);
  });
}

const SUPERVISOR = '(select s.supervisor_id from case_manager s where s.id = r.staff_id)';

export function credentialLoaders(db: EntityManager) {
  const supervisors = new Map<string, string | null>();
  return {
    /** Together with the supervisor of the holder, who may read it: the permission costs no statement. */
    credentialById: loaderById(db, {
      ...{ entity: CredentialEntity, extra: SUPERVISOR },
      keep: ({ id }: Credential, supervisorId) => {
        supervisors.set(id, typeof supervisorId === 'string' ? supervisorId : null);
      },
    }),
    supervisorByCredential: { get: (id: string) => supervisors.get(id) ?? null },
    credentialsByStaff: loaderByOwner(db, CredentialEntity, 'staffId', { issuedOn: 'DESC', id: 'DESC' }),
    credentialType: typeLoader(db),
    educationByCredential: loaderByOwner(db, CeActivityEntity, 'credentialId', {
      heldOn: 'DESC',
      id: 'DESC',
    }),
  };
}

/** The credentials of each of the staff with their types: one statement. */
export async function findHeld(db: EntityManager, staffIds: readonly string[]): Promise<Map<string, Held[]>> {
  const credentials = await db.findBy(CredentialEntity, { staffId: In([...staffIds]) });
  const codes = [...new Set(credentials.map(({ typeCode }) => typeCode))];
  const types = await db.findBy(CredentialTypeEntity, { code: In(codes) });
  const byCode = new Map(types.map((type) => [type.code, type]));
  const held = credentials.flatMap((credential) => {
    const type = byCode.get(credential.typeCode);
    return type ? [{ credential, type }] : [];
  });
  return Map.groupBy(held, ({ credential }) => credential.staffId);
}
