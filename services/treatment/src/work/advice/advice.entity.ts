import type { CareReader } from '@throughline/care';
import { loaderById } from '@throughline/graphql';
import { EntitySchema, type DataSource } from 'typeorm';
import { pagesByClient } from '../pages-by-client.ts';
import type { Advice } from './advice.ts';

export const AdviceEntity = new EntitySchema<Advice>({
  name: 'Advice',
  tableName: 'advice',
  columns: {
    id: { type: 'uuid', primary: true },
    clientId: { type: 'uuid', name: 'client_id' },
    goalId: { type: 'uuid', name: 'goal_id', nullable: true },
    topic: { type: 'text' },
    situation: { type: 'text' },
    advised: { type: 'text', nullable: true },
    sources: { type: 'text', array: true },
    scope: { type: 'text' },
    clinicianId: { type: 'uuid', name: 'clinician_id', nullable: true },
    answer: { type: 'text', nullable: true },
    answeredAt: { type: 'timestamptz', name: 'answered_at', nullable: true },
    teachBack: { type: 'text', name: 'teach_back', nullable: true },
    understood: { type: 'boolean', nullable: true },
    followUpOn: { type: 'date', name: 'follow_up_on', nullable: true },
    followUpResult: { type: 'text', name: 'follow_up_result', nullable: true },
    givenAt: { type: 'timestamptz', name: 'given_at' },
    givenBy: { type: 'uuid', name: 'given_by' },
    version: { type: 'integer' },
  },
});

export function adviceLoaders(db: DataSource, care: CareReader) {
  return {
    adviceById: loaderById(db.manager, care.rowsWithCare(AdviceEntity)),
    advicePage: pagesByClient(db, AdviceEntity, 'given_at'),
  };
}
