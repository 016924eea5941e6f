import type { CareReader } from '@throughline/care';
import { loaderById } from '@throughline/graphql';
import { EntitySchema, type DataSource } from 'typeorm';
import { pagesByClient } from '../pages-by-client.ts';
import type { AdvocacyAction } from './advocacy.ts';

export const AdvocacyEntity = new EntitySchema<AdvocacyAction>({
  name: 'AdvocacyAction',
  tableName: 'advocacy_action',
  columns: {
    id: { type: 'uuid', primary: true },
    clientId: { type: 'uuid', name: 'client_id' },
    goalId: { type: 'uuid', name: 'goal_id', nullable: true },
    kind: { type: 'text' },
    counterparty: { type: 'text' },
    ask: { type: 'text' },
    deadline: { type: 'date', nullable: true },
    status: { type: 'text' },
    result: { type: 'text', nullable: true },
    appealOfId: { type: 'uuid', name: 'appeal_of_id', nullable: true },
    openedAt: { type: 'timestamptz', name: 'opened_at' },
    openedBy: { type: 'uuid', name: 'opened_by' },
    resolvedAt: { type: 'timestamptz', name: 'resolved_at', nullable: true },
    version: { type: 'integer' },
  },
});

export function advocacyLoaders(db: DataSource, care: CareReader) {
  return {
    advocacyById: loaderById(db.manager, care.rowsWithCare(AdvocacyEntity)),
    advocacyPage: pagesByClient(db, AdvocacyEntity, 'opened_at'),
  };
}
