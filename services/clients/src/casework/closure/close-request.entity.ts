import { loaderByOwner } from '@throughline/graphql';
import { EntitySchema, type EntityManager } from 'typeorm';
import type { ClosureReason } from '../case-file/case-file.ts';

/** Somebody asks a supervisor to close a case although something is open. Source: infra/reference/domain.md 1.2. */
export interface CloseRequest {
  id: string;
  caseId: string;
  clientId: string;
  reason: ClosureReason;
  note: string | null;
  /** Why the case shall be closed although something is open. */
  override: string;
  askedAt: Date;
  askedBy: string;
  /** SETTLED: the case ended without a decision about this. */
  status: 'PENDING' | 'APPROVED' | 'REFUSED' | 'SETTLED';
  decidedAt: Date | null;
  decidedBy: string | null;
  decisionReason: string | null;
}

export const CloseRequestEntity = new EntitySchema<CloseRequest>({
  name: 'CloseRequest',
  tableName: 'close_request',
  columns: {
    id: { type: 'uuid', primary: true },
    caseId: { type: 'uuid', name: 'case_id' },
    clientId: { type: 'uuid', name: 'client_id' },
    reason: { type: 'text' },
    note: { type: 'text', nullable: true },
    override: { type: 'text', name: 'override_note' },
    askedAt: { type: 'timestamptz', name: 'asked_at' },
    askedBy: { type: 'uuid', name: 'asked_by' },
    status: { type: 'text' },
    decidedAt: { type: 'timestamptz', name: 'decided_at', nullable: true },
    decidedBy: { type: 'uuid', name: 'decided_by', nullable: true },
    decisionReason: { type: 'text', name: 'decision_reason', nullable: true },
  },
});

/** The request of a case that waits; the row of the case is locked before. */
export function waitingRequest(tx: EntityManager, caseId: string): Promise<CloseRequest | null> {
  return tx.findOneBy(CloseRequestEntity, { caseId, status: 'PENDING' });
}

/** The end of a case, however it came, leaves nothing to decide. */
export async function settleRequest(tx: EntityManager, caseId: string, now: Date): Promise<void> {
  await tx.update(CloseRequestEntity, { caseId, status: 'PENDING' }, { status: 'SETTLED', decidedAt: now });
}

export function closeRequestLoaders(db: EntityManager) {
  return {
    closeRequestsByCase: loaderByOwner(db, CloseRequestEntity, 'caseId', { askedAt: 'DESC', id: 'DESC' }),
  };
}
