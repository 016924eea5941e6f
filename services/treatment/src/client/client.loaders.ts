import { isUuid } from '@throughline/graphql';
import { findCareTeams, type CareTeam } from '@throughline/care-team';
import DataLoader from 'dataloader';
import type { DataSource } from 'typeorm';

export function clientLoaders(db: DataSource) {
  return {
    careTeam: new DataLoader<string, CareTeam | null>(async (ids) => {
      const known = ids.filter(isUuid).map((id) => id.toLowerCase());
      const teams = known.length > 0 ? await findCareTeams(db, known) : [];
      const byClient = new Map(teams.map((team) => [team?.clientId, team]));
      return ids.map((id) => byClient.get(id.toLowerCase()) ?? null);
    }),
  };
}
