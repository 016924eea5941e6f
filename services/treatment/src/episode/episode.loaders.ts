import { loaderById, loaderByOwner } from '@throughline/graphql';
import type { DataSource } from 'typeorm';
import { EpisodeEntity } from './episode.entity.ts';

export function episodeLoaders(db: DataSource) {
  return {
    episodeById: loaderById(db.manager, EpisodeEntity),
    episodesByClient: loaderByOwner(db.manager, EpisodeEntity, 'clientId', { startedAt: 'DESC', id: 'DESC' }),
  };
}
