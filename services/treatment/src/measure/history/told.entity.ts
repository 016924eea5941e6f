import { EntitySchema } from 'typeorm';
import type { Told } from './told.ts';

export const ToldEntity = new EntitySchema<Told>({
  name: 'MeasureFact',
  tableName: 'measure_fact',
  columns: {
    id: { type: 'uuid', primary: true },
    ownerId: { type: 'uuid', name: 'owner_id' },
    type: { type: 'text' },
    at: { type: 'timestamptz' },
    sequence: { type: 'integer' },
    subjectId: { type: 'uuid', name: 'subject_id', nullable: true },
    groupId: { type: 'uuid', name: 'group_id', nullable: true },
    staffId: { type: 'uuid', name: 'staff_id', nullable: true },
    code: { type: 'text', nullable: true },
    toldAt: { type: 'timestamptz', name: 'told_at', nullable: true },
    yes: { type: 'boolean', nullable: true },
  },
});

/** By what figures are broken down, as the record says it now. */
export interface Strata {
  clientId: string;
  ageGroup: string | null;
  language: string | null;
  populations: string[];
  sex: string | null;
  races: string[];
  ethnicity: string | null;
}

export const StrataEntity = new EntitySchema<Strata>({
  name: 'MeasureClient',
  tableName: 'measure_client',
  columns: {
    clientId: { type: 'uuid', primary: true, name: 'client_id' },
    ageGroup: { type: 'text', name: 'age_group', nullable: true },
    language: { type: 'text', nullable: true },
    populations: { type: 'text', array: true },
    sex: { type: 'text', nullable: true },
    races: { type: 'text', array: true },
    ethnicity: { type: 'text', nullable: true },
  },
});
