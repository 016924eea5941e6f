import type { CareReader } from '@throughline/care';
import { loaderById, loaderByOwner } from '@throughline/graphql';
import type { DataSource } from 'typeorm';
import { EpisodeEntity } from './episode.entity.ts';

export function episodeLoaders({ manager }: DataSource, care: CareReader) {
  return {
    episodeById: loaderById(manager, care.rowsWithCare(EpisodeEntity)),
    episodesByClient: loaderByOwner(manager, EpisodeEntity, 'clientId', { startedAt: 'DESC', id: 'DESC' }),
  };
}
