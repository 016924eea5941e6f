import { EntitySchema } from 'typeorm';
import type { MeasureCase } from './measure-case.ts';

export const MeasureCaseEntity = new EntitySchema<MeasureCase>({
  name: 'MeasureCase',
  tableName: 'measure_case',
  columns: {
    measure: { type: 'text', primary: true },
    spec: { type: 'text', primary: true },
    key: { type: 'text', primary: true },
    ownerId: { type: 'uuid', name: 'owner_id' },
    clientId: { type: 'uuid', name: 'client_id', nullable: true },
    staffId: { type: 'uuid', name: 'staff_id', nullable: true },
    teamId: { type: 'uuid', name: 'team_id', nullable: true },
    program: { type: 'text', nullable: true },
    subjectType: { type: 'text', name: 'subject_type' },
    subjectId: { type: 'uuid', name: 'subject_id' },
    startsOn: { type: 'date', name: 'starts_on' },
    endsOn: { type: 'date', name: 'ends_on', nullable: true },
    countsFrom: { type: 'date', name: 'counts_from' },
    met: { type: 'boolean' },
    excludedFor: { type: 'text', name: 'excluded_for', nullable: true },
    value: { type: 'double precision', nullable: true },
    level: { type: 'text', nullable: true },
  },
});
