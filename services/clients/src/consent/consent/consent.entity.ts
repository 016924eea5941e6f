import type { CareReader } from '@throughline/care';
import { loaderById, loaderByOwner } from '@throughline/graphql';
import { EntitySchema, type EntityManager, type ValueTransformer } from 'typeorm';
import type { Consent } from './consent.ts';

/** Consents are sent as JSON, so their instants are RFC 3339 texts. */
const instant: ValueTransformer = {
  to: (text: string | null) => text,
  from: (value: Date | null) => value?.toISOString() ?? null,
};

export const ConsentEntity = new EntitySchema<Consent>({
  name: 'Consent',
  tableName: 'consent',
  columns: {
    id: { type: 'uuid', primary: true },
    clientId: { type: 'uuid', name: 'client_id' },
    kind: { type: 'text' },
    status: { type: 'text' },
    patientNameAsSigned: { type: 'text', name: 'patient_name_as_signed' },
    disclosers: { type: 'jsonb' },
    infoDescription: { type: 'text', name: 'info_description' },
    categories: { type: 'text', array: true },
    excludes: { type: 'text', array: true },
    recipients: { type: 'jsonb' },
    intermediary: { type: 'jsonb', nullable: true },
    purposes: { type: 'text', array: true },
    statements: { type: 'jsonb' },
    expiry: { type: 'jsonb' },
    signatures: { type: 'jsonb' },
    signedAt: { type: 'timestamptz', name: 'signed_at', nullable: true, transformer: instant },
    revokedAt: { type: 'timestamptz', name: 'revoked_at', nullable: true, transformer: instant },
    knownFalse: { type: 'boolean', name: 'known_false' },
    identityBeforeDecision: { type: 'boolean', name: 'identity_before_decision' },
    permitsRedisclosure: { type: 'boolean', name: 'permits_redisclosure' },
    irrevocableUntil: { type: 'date', name: 'irrevocable_until', nullable: true },
    jurisdiction: { type: 'text', nullable: true },
    language: { type: 'text', nullable: true },
    interpreterUsed: { type: 'boolean', name: 'interpreter_used' },
    recordedAt: { type: 'timestamptz', name: 'recorded_at' },
    recordedBy: { type: 'uuid', name: 'recorded_by' },
    revocationMethod: { type: 'text', name: 'revocation_method', nullable: true },
    supersededById: { type: 'uuid', name: 'superseded_by_id', nullable: true },
    contentHash: { type: 'text', name: 'content_hash', nullable: true },
    version: { type: 'integer' },
  },
});

export function consentLoaders(db: EntityManager, care: CareReader) {
  return {
    consentById: loaderById(db, care.rowsWithCare(ConsentEntity)),
    consentsByClient: loaderByOwner(db, ConsentEntity, 'clientId', { recordedAt: 'DESC', id: 'DESC' }),
  };
}
