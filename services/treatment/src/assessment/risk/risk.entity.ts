import type { CareReader } from '@throughline/care';
import { loaderById, loaderByOwner } from '@throughline/graphql';
import { EntitySchema, type EntityManager } from 'typeorm';
import type { Risk, RiskTier } from './risk.ts';

/** A change of the tier; written once. */
export interface RiskChange {
  id: string;
  riskId: string;
  clientId: string;
  from: RiskTier | null;
  to: RiskTier;
  points: number;
  driverCodes: string[];
  /** The person who set the tier; null: the drivers did. */
  setBy: string | null;
  at: Date;
}

export const RiskEntity = new EntitySchema<Risk>({
  name: 'RiskStratification',
  tableName: 'risk',
  columns: {
    id: { type: 'uuid', primary: true },
    clientId: { type: 'uuid', name: 'client_id' },
    tier: { type: 'text' },
    computedTier: { type: 'text', name: 'computed_tier' },
    points: { type: 'integer' },
    drivers: { type: 'jsonb' },
    override: { type: 'jsonb', nullable: true },
    overrideDrivers: { type: 'text', array: true, name: 'override_drivers' },
    proposed: { type: 'jsonb', nullable: true },
    reviewDueOn: { type: 'date', name: 'review_due_on', nullable: true },
    computedAt: { type: 'timestamptz', name: 'computed_at' },
    version: { type: 'integer' },
  },
});

export const RiskChangeEntity = new EntitySchema<RiskChange>({
  name: 'RiskChange',
  tableName: 'risk_change',
  columns: {
    id: { type: 'uuid', primary: true },
    riskId: { type: 'uuid', name: 'risk_id' },
    clientId: { type: 'uuid', name: 'client_id' },
    from: { type: 'text', name: 'from_tier', nullable: true },
    to: { type: 'text', name: 'to_tier' },
    points: { type: 'integer' },
    driverCodes: { type: 'text', array: true, name: 'driver_codes' },
    setBy: { type: 'uuid', name: 'set_by', nullable: true },
    at: { type: 'timestamptz' },
  },
});

export function riskLoaders(db: EntityManager, care: CareReader) {
  return {
    riskById: loaderById(db, care.rowsWithCare(RiskEntity)),
    riskByClient: loaderByOwner(db, RiskEntity, 'clientId', { id: 'ASC' }),
    changesOfRisk: loaderByOwner(db, RiskChangeEntity, 'riskId', { at: 'DESC', id: 'DESC' }),
  };
}
