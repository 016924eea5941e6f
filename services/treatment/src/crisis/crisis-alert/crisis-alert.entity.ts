import type { CareReader } from '@throughline/care';
import { loaderById, loaderByOwner } from '@throughline/graphql';
import DataLoader from 'dataloader';
import { EntitySchema, In, type EntityManager } from 'typeorm';
import { openStates, type CrisisAlert, type CrisisStep } from './crisis-alert.ts';

export const CrisisAlertEntity = new EntitySchema<CrisisAlert>({
  name: 'CrisisAlert',
  tableName: 'crisis_alert',
  columns: {
    id: { type: 'uuid', primary: true },
    clientId: { type: 'uuid', name: 'client_id' },
    level: { type: 'integer' },
    cause: { type: 'text' },
    state: { type: 'text' },
    screeningId: { type: 'uuid', name: 'screening_id', nullable: true },
    openedAt: { type: 'timestamptz', name: 'opened_at' },
    openedBy: { type: 'uuid', name: 'opened_by', nullable: true },
    acknowledgeBy: { type: 'timestamptz', name: 'acknowledge_by', nullable: true },
    acknowledgedAt: { type: 'timestamptz', name: 'acknowledged_at', nullable: true },
    acknowledgedBy: { type: 'uuid', name: 'acknowledged_by', nullable: true },
    respondedBy: { type: 'uuid', name: 'responded_by', nullable: true },
    resolvedAt: { type: 'timestamptz', name: 'resolved_at', nullable: true },
    handedOffTo: { type: 'text', name: 'handed_off_to', nullable: true },
    reviewedAt: { type: 'timestamptz', name: 'reviewed_at', nullable: true },
    reviewedBy: { type: 'uuid', name: 'reviewed_by', nullable: true },
    version: { type: 'integer' },
  },
});

export const CrisisStepEntity = new EntitySchema<CrisisStep>({
  name: 'CrisisStep',
  tableName: 'crisis_step',
  columns: {
    id: { type: 'uuid', primary: true },
    alertId: { type: 'uuid', name: 'alert_id' },
    from: { type: 'text', name: 'from_state', nullable: true },
    to: { type: 'text', name: 'to_state' },
    by: { type: 'uuid', nullable: true, name: 'done_by' },
    at: { type: 'timestamptz' },
    note: { type: 'text', nullable: true },
  },
});

export function crisisLoaders(db: EntityManager, care: CareReader) {
  return {
    crisisById: loaderById(db, care.rowsWithCare(CrisisAlertEntity)),
    stepsOfCrisis: loaderByOwner(db, CrisisStepEntity, 'alertId', { at: 'ASC', id: 'ASC' }),
    /** Open ones, the most urgent first. */
    openCrisesByClient: new DataLoader<string, CrisisAlert[]>(async (ids) => {
      const rows = await db.find(CrisisAlertEntity, {
        where: { clientId: In(ids), state: In([...openStates]) },
        order: { level: 'ASC', openedAt: 'ASC' },
      });
      const byClient = Map.groupBy(rows, ({ clientId }) => clientId);
      return ids.map((id) => byClient.get(id) ?? []);
    }),
  };
}
