import { EntitySchema } from 'typeorm';
import type { Screening } from './screening.ts';

export const ScreeningEntity = new EntitySchema<Screening>({
  name: 'Screening',
  tableName: 'screening',
  columns: {
    id: { type: 'uuid', primary: true },
    clientId: { type: 'uuid', name: 'client_id' },
    instrument: { type: 'text' },
    instrumentVersion: { type: 'text', name: 'instrument_version' },
    answers: { type: 'jsonb' },
    total: { type: 'integer', nullable: true },
    band: { type: 'text', nullable: true },
    positive: { type: 'boolean', nullable: true },
    prorated: { type: 'boolean' },
    missingItems: { type: 'integer', array: true, name: 'missing_items' },
    flags: { type: 'text', array: true },
    subscores: { type: 'jsonb' },
    cutOffs: { type: 'jsonb', name: 'cut_offs' },
    cutOffGroup: { type: 'text', name: 'cut_off_group', nullable: true },
    mode: { type: 'text' },
    language: { type: 'text' },
    ageGroup: { type: 'text', name: 'age_group' },
    administeredOn: { type: 'date', name: 'administered_on' },
    administeredBy: { type: 'uuid', name: 'administered_by' },
    recordedAt: { type: 'timestamptz', name: 'recorded_at' },
    signedAt: { type: 'timestamptz', name: 'signed_at', nullable: true },
    overrideReason: { type: 'text', name: 'override_reason', nullable: true },
    supersedes: { type: 'uuid', nullable: true },
  },
});
