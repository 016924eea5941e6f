import type { CareReader } from '@throughline/care';
import { loaderById, loaderByOwner } from '@throughline/graphql';
import { EntitySchema, type EntityManager } from 'typeorm';
import type { Obligation } from './obligation.ts';

export const ObligationEntity = new EntitySchema<Obligation>({
  name: 'FollowUpObligation',
  tableName: 'follow_up_obligation',
  columns: {
    id: { type: 'uuid', primary: true },
    clientId: { type: 'uuid', name: 'client_id' },
    kind: { type: 'text' },
    sourceType: { type: 'text', name: 'source_type' },
    sourceId: { type: 'uuid', name: 'source_id' },
    episodeId: { type: 'uuid', name: 'episode_id', nullable: true },
    triggeredAt: { type: 'timestamptz', name: 'triggered_at' },
    recordedAt: { type: 'timestamptz', name: 'recorded_at' },
    windowOpensOn: { type: 'date', name: 'window_opens_on' },
    dueOn: { type: 'date', name: 'due_on' },
    dueAt: { type: 'timestamptz', name: 'due_at' },
    required: { type: 'integer' },
    satisfiedBy: { type: 'jsonb', name: 'satisfied_by' },
    status: { type: 'text' },
    excludedFor: { type: 'text', name: 'excluded_for', nullable: true },
    openedAt: { type: 'timestamptz', name: 'opened_at' },
    version: { type: 'integer' },
  },
});

/** One change of an obligation: written once. */
export interface ObligationChange {
  id: string;
  obligationId: string;
  from: string | null;
  to: string;
  dueOn: string;
  at: Date;
}

export const ObligationChangeEntity = new EntitySchema<ObligationChange>({
  name: 'ObligationChange',
  tableName: 'follow_up_change',
  columns: {
    id: { type: 'uuid', primary: true },
    obligationId: { type: 'uuid', name: 'obligation_id' },
    from: { type: 'text', name: 'from_status', nullable: true },
    to: { type: 'text', name: 'to_status' },
    dueOn: { type: 'date', name: 'due_on' },
    at: { type: 'timestamptz' },
  },
});

/** Copy of what other services tell of a client, as far as an obligation asks. */
export interface Evidence {
  id: string;
  clientId: string;
  type: 'CONTACT' | 'REFERRAL' | 'DEATH';
  at: Date;
  /** An attempt that reached nobody satisfies nothing. */
  counts: boolean;
}

export const EvidenceEntity = new EntitySchema<Evidence>({
  name: 'FollowUpEvidence',
  tableName: 'follow_up_evidence',
  columns: {
    id: { type: 'uuid', primary: true },
    clientId: { type: 'uuid', name: 'client_id' },
    type: { type: 'text' },
    at: { type: 'timestamptz' },
    counts: { type: 'boolean' },
  },
});

export function obligationLoaders(db: EntityManager, care: CareReader) {
  return {
    obligationById: loaderById(db, care.rowsWithCare(ObligationEntity)),
    obligationsByClient: loaderByOwner(db, ObligationEntity, 'clientId', { dueAt: 'ASC', id: 'ASC' }),
    obligationsBySource: loaderByOwner(db, ObligationEntity, 'sourceId', { dueAt: 'ASC', id: 'ASC' }),
    obligationChanges: loaderByOwner(db, ObligationChangeEntity, 'obligationId', { at: 'ASC', id: 'ASC' }),
  };
}
