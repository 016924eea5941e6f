import { withCareTeam, type CareTeams } from '@throughline/care-team';
import { loaderById, loaderByOwner } from '@throughline/graphql';
import type { DataSource } from 'typeorm';
import { EpisodeEntity } from './episode.entity.ts';

export function episodeLoaders({ manager }: DataSource, teams: CareTeams) {
  return {
    episodeById: loaderById(manager, withCareTeam(EpisodeEntity, teams)),
    episodesByClient: loaderByOwner(manager, EpisodeEntity, 'clientId', { startedAt: 'DESC', id: 'DESC' }),
  };
}
