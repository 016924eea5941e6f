import type { CareReader } from '@throughline/care';
import { loaderById, loaderByOwner } from '@throughline/graphql';
import { EntitySchema, type EntityManager } from 'typeorm';
import type { Medication, MedicationSupply } from './medication.ts';

export const MedicationEntity = new EntitySchema<Medication>({
  name: 'Medication',
  tableName: 'medication',
  columns: {
    id: { type: 'uuid', primary: true },
    clientId: { type: 'uuid', name: 'client_id' },
    name: { type: 'text' },
    purpose: { type: 'text' },
    moud: { type: 'text', nullable: true },
    labels: { type: 'text', array: true },
    directions: { type: 'text', nullable: true },
    prescriber: { type: 'text', nullable: true },
    startedOn: { type: 'date', name: 'started_on' },
    endedOn: { type: 'date', name: 'ended_on', nullable: true },
    endReason: { type: 'text', name: 'end_reason', nullable: true },
    suppliedUntil: { type: 'date', name: 'supplied_until', nullable: true },
    recordedAt: { type: 'timestamptz', name: 'recorded_at' },
    recordedBy: { type: 'uuid', name: 'recorded_by' },
    version: { type: 'integer' },
  },
});

export const MedicationSupplyEntity = new EntitySchema<MedicationSupply>({
  name: 'MedicationSupply',
  tableName: 'medication_supply',
  columns: {
    id: { type: 'uuid', primary: true },
    medicationId: { type: 'uuid', name: 'medication_id' },
    suppliedOn: { type: 'date', name: 'supplied_on' },
    days: { type: 'integer' },
    recordedAt: { type: 'timestamptz', name: 'recorded_at' },
    recordedBy: { type: 'uuid', name: 'recorded_by' },
  },
});

export function medicationLoaders(db: EntityManager, care: CareReader) {
  return {
    medicationById: loaderById(db, care.rowsWithCare(MedicationEntity)),
    medicationsByClient: loaderByOwner(db, MedicationEntity, 'clientId', { startedOn: 'DESC', id: 'DESC' }),
    suppliesByMedication: loaderByOwner(db, MedicationSupplyEntity, 'medicationId', { suppliedOn: 'ASC' }),
  };
}
