import type { CareReader } from '@throughline/care';
import { loaderById, loaderByOwner } from '@throughline/graphql';
import { EntitySchema, type EntityManager } from 'typeorm';
import type { DischargeCorrection, Stay } from './stay.ts';

export const StayEntity = new EntitySchema<Stay>({
  name: 'Stay',
  tableName: 'stay',
  columns: {
    id: { type: 'uuid', primary: true },
    episodeId: { type: 'uuid', name: 'episode_id' },
    clientId: { type: 'uuid', name: 'client_id' },
    setting: { type: 'text' },
    levelOfCare: { type: 'text', name: 'level_of_care', nullable: true },
    asamEdition: { type: 'integer', name: 'asam_edition', nullable: true },
    facilityName: { type: 'text', name: 'facility_name', nullable: true },
    reasons: { type: 'text', array: true },
    planned: { type: 'boolean' },
    startedAt: { type: 'timestamptz', name: 'started_at' },
    endedAt: { type: 'timestamptz', name: 'ended_at', nullable: true },
    dischargeType: { type: 'text', name: 'discharge_type', nullable: true },
    endReason: { type: 'text', name: 'end_reason', nullable: true },
    toHospice: { type: 'boolean', name: 'to_hospice' },
    withoutPlanReason: { type: 'text', name: 'without_plan_reason', nullable: true },
    dischargeRecordedAt: { type: 'timestamptz', name: 'discharge_recorded_at', nullable: true },
    readmissionOfId: { type: 'uuid', name: 'readmission_of_id', nullable: true },
    version: { type: 'integer' },
  },
});

export const DischargeCorrectionEntity = new EntitySchema<DischargeCorrection>({
  name: 'DischargeCorrection',
  tableName: 'discharge_correction',
  columns: {
    id: { type: 'uuid', primary: true },
    stayId: { type: 'uuid', name: 'stay_id' },
    from: { type: 'timestamptz', name: 'from_time' },
    to: { type: 'timestamptz', name: 'to_time' },
    reason: { type: 'text' },
    by: { type: 'uuid', name: 'corrected_by' },
    at: { type: 'timestamptz' },
  },
});

export function stayLoaders(db: EntityManager, care: CareReader) {
  return {
    stayById: loaderById(db, care.rowsWithCare(StayEntity)),
    staysByEpisode: loaderByOwner(db, StayEntity, 'episodeId', { startedAt: 'ASC', id: 'ASC' }),
    dischargeCorrections: loaderByOwner(db, DischargeCorrectionEntity, 'stayId', { at: 'ASC', id: 'ASC' }),
  };
}
