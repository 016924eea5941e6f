import type { CareReader } from '@throughline/care';
import { loaderById, loaderByOwner } from '@throughline/graphql';
import { EntitySchema, type EntityManager } from 'typeorm';
import type { Diagnosis } from './diagnosis.ts';

export const DiagnosisEntity = new EntitySchema<Diagnosis>({
  name: 'Diagnosis',
  tableName: 'diagnosis',
  columns: {
    id: { type: 'uuid', primary: true },
    clientId: { type: 'uuid', name: 'client_id' },
    code: { type: 'text' },
    codeYear: { type: 'integer', name: 'code_year' },
    label: { type: 'text' },
    kind: { type: 'text' },
    labels: { type: 'text', array: true },
    basis: { type: 'text' },
    reportedFrom: { type: 'text', name: 'reported_from', nullable: true },
    status: { type: 'text' },
    isPrincipal: { type: 'boolean', name: 'is_principal' },
    onsetOn: { type: 'date', name: 'onset_on', nullable: true },
    endedOn: { type: 'date', name: 'ended_on', nullable: true },
    reason: { type: 'text', nullable: true },
    recordedAt: { type: 'timestamptz', name: 'recorded_at' },
    recordedBy: { type: 'uuid', name: 'recorded_by' },
    credential: { type: 'text', nullable: true },
    version: { type: 'integer' },
  },
});

export function diagnosisLoaders(db: EntityManager, care: CareReader) {
  return {
    diagnosisById: loaderById(db, care.rowsWithCare(DiagnosisEntity)),
    /** The principal one first, then the newest. */
    diagnosesByClient: loaderByOwner(db, DiagnosisEntity, 'clientId', {
      ...{ isPrincipal: 'DESC', recordedAt: 'DESC', id: 'DESC' },
    }),
  };
}
