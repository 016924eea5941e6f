import type { CareReader } from '@throughline/care';
import { loaderById, loaderByOwner } from '@throughline/graphql';
import { EntitySchema, type EntityManager } from 'typeorm';
import type { Assignment } from './assignment.ts';
import type { CaseFile } from './case-file.ts';

export const CaseFileEntity = new EntitySchema<CaseFile>({
  name: 'CaseFile',
  tableName: 'case_file',
  columns: {
    id: { type: 'uuid', primary: true },
    clientId: { type: 'uuid', name: 'client_id' },
    status: { type: 'text' },
    phase: { type: 'text' },
    openedAt: { type: 'timestamptz', name: 'opened_at' },
    nextContactDueAt: { type: 'timestamptz', name: 'next_contact_due_at', nullable: true },
    closureReason: { type: 'text', name: 'closure_reason', nullable: true },
    closedAt: { type: 'timestamptz', name: 'closed_at', nullable: true },
    version: { type: 'integer' },
  },
});

export const AssignmentEntity = new EntitySchema<Assignment>({
  name: 'Assignment',
  tableName: 'assignment',
  columns: {
    id: { type: 'uuid', primary: true },
    caseId: { type: 'uuid', name: 'case_id' },
    clientId: { type: 'uuid', name: 'client_id' },
    caseManagerId: { type: 'uuid', name: 'case_manager_id' },
    role: { type: 'text' },
    startedAt: { type: 'timestamptz', name: 'started_at' },
    endedAt: { type: 'timestamptz', name: 'ended_at', nullable: true },
    reason: { type: 'text', nullable: true },
    assignedBy: { type: 'uuid', name: 'assigned_by' },
  },
});

export function caseFileLoaders(db: EntityManager, care: CareReader) {
  return {
    caseFileById: loaderById(db, care.rowsWithCare(CaseFileEntity)),
    caseFilesByClient: loaderByOwner(db, CaseFileEntity, 'clientId', { openedAt: 'DESC', id: 'DESC' }),
    assignmentsByCase: loaderByOwner(db, AssignmentEntity, 'caseId', { startedAt: 'DESC', id: 'DESC' }),
  };
}
