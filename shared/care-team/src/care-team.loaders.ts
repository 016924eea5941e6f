import { isUuid, type RowsWith } from '@throughline/graphql';
import DataLoader from 'dataloader';
import type { EntityManager, EntitySchema } from 'typeorm';
import type { CareTeam } from './care-team.ts';
import { findCareTeams } from './find-care-team.ts';

export type CareTeams = DataLoader<string, CareTeam | null>;

/** The teams of all clients that a request asks about, in one statement. */
export function careTeamLoader(db: EntityManager): CareTeams {
  return new DataLoader(async (ids) => {
    const known = ids.filter(isUuid).map((id) => id.toLowerCase());
    const teams = known.length > 0 ? await findCareTeams(db, known) : [];
    const byClient = new Map(teams.map((team) => [team?.clientId, team]));
    return ids.map((id) => byClient.get(id.toLowerCase()) ?? null);
  });
}

/** The team of the client whom a row `r` is about, or null. */
export const teamOfRow = `(
  select json_build_object('clientId', t.client_id, 'caseId', t.case_id, 'caseOpen', t.case_open,
    'caseManagerId', t.case_manager_id, 'supervisorId', t.supervisor_id)
  from care_team t where t.client_id = r.client_id)`;

/** Rows about clients with their teams, so that the permission to read a row costs no statement of its own. */
export function withCareTeam<Row extends { clientId: string }>(
  entity: EntitySchema<Row>,
  teams: CareTeams,
): RowsWith<Row> {
  return {
    ...{ entity, beside: teamOfRow },
    keep: ({ clientId }, team) => void teams.prime(clientId, team as CareTeam | null),
  };
}
