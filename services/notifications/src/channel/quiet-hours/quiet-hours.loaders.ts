import DataLoader from 'dataloader';
import { In, type DataSource } from 'typeorm';
import { QuietHoursEntity } from './quiet-hours.entity.ts';
import { usualQuietHours, type QuietHours } from './quiet-hours.ts';

export function createQuietHoursLoaders(db: DataSource) {
  return {
    quietHoursByStaff: new DataLoader<string, QuietHours>(async (ids) => {
      const rows = await db.manager.findBy(QuietHoursEntity, { staffId: In([...ids]) });
      const byId = new Map(rows.map((row) => [row.staffId, row]));
      return ids.map((id) => byId.get(id) ?? usualQuietHours);
    }),
  };
}
