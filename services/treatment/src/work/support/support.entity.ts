import type { CareReader } from '@throughline/care';
import { loaderById } from '@throughline/graphql';
import DataLoader from 'dataloader';
import { EntitySchema, type EntityManager } from 'typeorm';
import type { SupportEntry } from './support.ts';

export const SupportEntryEntity = new EntitySchema<SupportEntry>({
  name: 'SupportEntry',
  tableName: 'support_entry',
  columns: {
    id: { type: 'uuid', primary: true },
    clientId: { type: 'uuid', name: 'client_id' },
    item: { type: 'text' },
    state: { type: 'text' },
    nextStep: { type: 'text', name: 'next_step', nullable: true },
    nextStepOn: { type: 'date', name: 'next_step_on', nullable: true },
    note: { type: 'text', nullable: true },
    recordedAt: { type: 'timestamptz', name: 'recorded_at' },
    recordedBy: { type: 'uuid', name: 'recorded_by' },
  },
});

export function supportLoaders(db: EntityManager, care: CareReader) {
  return {
    supportEntryById: loaderById(db, care.rowsWithCare(SupportEntryEntity)),
    /** The latest entry of each item, however many there were before. */
    supportByClient: new DataLoader<string, SupportEntry[]>(async (ids) => {
      const entries = db.createQueryBuilder(SupportEntryEntity, 'e');
      const rows = await entries.where(`e.id = any(array(${LATEST}))`, { ids }).getMany();
      return ids.map((id) => rows.filter(({ clientId }) => clientId === id));
    }),
  };
}

const LATEST = `
  select distinct on (client_id, item) id from support_entry
  where client_id = any(:ids::uuid[]) order by client_id, item, recorded_at desc, id desc`;
