import type { CareReader } from '@throughline/care';
import { loaderById } from '@throughline/graphql';
import { EntitySchema, type DataSource } from 'typeorm';
import { pagesByClient } from '../pages-by-client.ts';
import type { GuidanceActivity } from './guidance.ts';

export const GuidanceEntity = new EntitySchema<GuidanceActivity>({
  name: 'GuidanceActivity',
  tableName: 'guidance_activity',
  columns: {
    id: { type: 'uuid', primary: true },
    clientId: { type: 'uuid', name: 'client_id' },
    goalId: { type: 'uuid', name: 'goal_id', nullable: true },
    kind: { type: 'text' },
    what: { type: 'text' },
    withWhom: { type: 'text', name: 'with_whom', nullable: true },
    minutes: { type: 'integer' },
    result: { type: 'text' },
    doneOn: { type: 'date', name: 'done_on' },
    recordedAt: { type: 'timestamptz', name: 'recorded_at' },
    recordedBy: { type: 'uuid', name: 'recorded_by' },
  },
});

export function guidanceLoaders(db: DataSource, care: CareReader) {
  return {
    guidanceById: loaderById(db.manager, care.rowsWithCare(GuidanceEntity)),
    guidancePage: pagesByClient(db, GuidanceEntity, 'recorded_at'),
  };
}
