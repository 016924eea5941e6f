import type { CareReader } from '@throughline/care';
import { loaderById, loaderByOwner } from '@throughline/graphql';
import { EntitySchema, type EntityManager } from 'typeorm';
import { phaseEntry, type CaseFile, type PhaseEntry } from './case-file.ts';

export const CaseFileEntity = new EntitySchema<CaseFile>({
  name: 'CaseFile',
  tableName: 'case_file',
  columns: {
    id: { type: 'uuid', primary: true },
    clientId: { type: 'uuid', name: 'client_id' },
    status: { type: 'text' },
    phase: { type: 'text' },
    riskTier: { type: 'text', name: 'risk_tier' },
    caseModel: { type: 'text', name: 'case_model', nullable: true },
    setting: { type: 'text', nullable: true },
    program: { type: 'text', nullable: true },
    openedAt: { type: 'timestamptz', name: 'opened_at' },
    statusChangedAt: { type: 'timestamptz', name: 'status_changed_at' },
    nextContactDueAt: { type: 'timestamptz', name: 'next_contact_due_at', nullable: true },
    plannedContact: { type: 'jsonb', name: 'planned_contact', nullable: true },
    lastReachedAt: { type: 'timestamptz', name: 'last_reached_at', nullable: true },
    failedAttempts: { type: 'integer', name: 'failed_attempts' },
    queuedSince: { type: 'timestamptz', name: 'queued_since', nullable: true },
    holdReason: { type: 'text', name: 'hold_reason', nullable: true },
    reviewOn: { type: 'date', name: 'review_on', nullable: true },
    closureReason: { type: 'text', name: 'closure_reason', nullable: true },
    closureNote: { type: 'text', name: 'closure_note', nullable: true },
    overrideNote: { type: 'text', name: 'override_note', nullable: true },
    closedAt: { type: 'timestamptz', name: 'closed_at', nullable: true },
    closedBy: { type: 'uuid', name: 'closed_by', nullable: true },
    previousCaseId: { type: 'uuid', name: 'previous_case_id', nullable: true },
    version: { type: 'integer' },
  },
});

export const PhaseEntryEntity = new EntitySchema<PhaseEntry>({
  name: 'PhaseEntry',
  tableName: 'case_phase',
  columns: {
    id: { type: 'uuid', primary: true },
    caseId: { type: 'uuid', name: 'case_id' },
    clientId: { type: 'uuid', name: 'client_id' },
    phase: { type: 'text' },
    status: { type: 'text' },
    enteredAt: { type: 'timestamptz', name: 'entered_at' },
    enteredBy: { type: 'uuid', name: 'entered_by', nullable: true },
    reason: { type: 'text', nullable: true },
  },
});

export function caseFileLoaders(db: EntityManager, care: CareReader) {
  return {
    caseFileById: loaderById(db, care.rowsWithCare(CaseFileEntity)),
    caseFilesByClient: loaderByOwner(db, CaseFileEntity, 'clientId', { openedAt: 'DESC', id: 'DESC' }),
    phasesByCase: loaderByOwner(db, PhaseEntryEntity, 'caseId', { enteredAt: 'ASC', id: 'ASC' }),
  };
}

/** Writes a new case and its first entry into a phase. `by` is the member of staff who opens it. */
export async function insertCase(tx: EntityManager, caseFile: CaseFile, by: string): Promise<void> {
  await tx.insert(CaseFileEntity, caseFile);
  await tx.insert(PhaseEntryEntity, phaseEntry(caseFile, { by, now: caseFile.openedAt }));
}
