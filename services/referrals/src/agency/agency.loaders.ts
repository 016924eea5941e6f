import DataLoader from 'dataloader';
import { In, type DataSource } from 'typeorm';
import { isUuid } from '@throughline/graphql';
import type { Agency } from './agency.ts';
import { AgencyEntity } from './agency.entity.ts';

/** One statement for all the agencies that a request asks for. */
export function agencyLoaders(db: DataSource) {
  return {
    agencyById: new DataLoader<string, Agency | null>(async (ids) => {
      const rows = await db.manager.findBy(AgencyEntity, { id: In(ids.filter(isUuid)) });
      const byId = new Map(rows.map((row) => [row.id, row]));
      return ids.map((id) => byId.get(id) ?? null);
    }),
  };
}
