import DataLoader from 'dataloader';
import { In, type DataSource } from 'typeorm';
import { EscalationEntity } from './escalation.entity.ts';
import type { Escalation } from './escalation.ts';

export function createEscalationLoaders(db: DataSource) {
  return {
    escalationById: new DataLoader<string, Escalation | null>(async (ids) => {
      const rows = await db.manager.findBy(EscalationEntity, { id: In([...ids]) });
      const byId = new Map(rows.map((row) => [row.id, row]));
      return ids.map((id) => byId.get(id) ?? null);
    }),
  };
}
