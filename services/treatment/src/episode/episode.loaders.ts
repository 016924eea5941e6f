import type { DataSource } from 'typeorm';
import { loaderById, loaderByOwner } from '../batch.ts';
import { EpisodeEntity } from './episode.entity.ts';

export function episodeLoaders(db: DataSource) {
  return {
    episodeById: loaderById(db, EpisodeEntity),
    episodesByClient: loaderByOwner(db, EpisodeEntity, 'clientId', { startedAt: 'DESC', id: 'DESC' }),
  };
}
