import DataLoader from 'dataloader';
import { EntitySchema, type EntityManager } from 'typeorm';
import type { OutcomeData } from './outcome-data.ts';

export const OutcomeDataEntity = new EntitySchema<OutcomeData>({
  name: 'OutcomeData',
  tableName: 'outcome_data',
  columns: {
    id: { type: 'uuid', primary: true },
    episodeId: { type: 'uuid', name: 'episode_id' },
    clientId: { type: 'uuid', name: 'client_id' },
    moment: { type: 'text' },
    content: { type: 'jsonb' },
    recordedAt: { type: 'timestamptz', name: 'recorded_at' },
    recordedBy: { type: 'uuid', name: 'recorded_by' },
  },
});

export function outcomeDataLoaders(db: EntityManager) {
  return {
    /** The last sheet of each moment of an episode. */
    outcomeDataByEpisode: new DataLoader<string, OutcomeData[]>(async (ids) => {
      const rows = await db
        .createQueryBuilder(OutcomeDataEntity, 'data')
        .distinctOn(['data.episodeId', 'data.moment'])
        .where('data.episodeId = any(:ids)', { ids: [...ids] })
        .orderBy({
          'data.episodeId': 'ASC',
          'data.moment': 'ASC',
          'data.recordedAt': 'DESC',
          'data.id': 'DESC',
        })
        .getMany();
      const byEpisode = Map.groupBy(rows, ({ episodeId }) => episodeId);
      return ids.map((id) => byEpisode.get(id) ?? []);
    }),
  };
}
