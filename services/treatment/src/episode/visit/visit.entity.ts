import type { CareReader } from '@throughline/care';
import { loaderById } from '@throughline/graphql';
import { EntitySchema, type EntityManager } from 'typeorm';
import type { Visit } from './visit.ts';

export const VisitEntity = new EntitySchema<Visit>({
  name: 'Visit',
  tableName: 'visit',
  columns: {
    id: { type: 'uuid', primary: true },
    clientId: { type: 'uuid', name: 'client_id' },
    setting: { type: 'text' },
    reasons: { type: 'text', array: true },
    at: { type: 'timestamptz' },
    medication: { type: 'boolean' },
    recordedAt: { type: 'timestamptz', name: 'recorded_at' },
    recordedBy: { type: 'uuid', name: 'recorded_by' },
  },
});

export function visitLoaders(db: EntityManager, care: CareReader) {
  return { visitById: loaderById(db, care.rowsWithCare(VisitEntity)) };
}
