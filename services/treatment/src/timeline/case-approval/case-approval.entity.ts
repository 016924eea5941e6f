import { EntitySchema } from 'typeorm';

/** Copy of a request to close a case although something is open, while it waits for a supervisor. */
export interface CaseApproval {
  caseId: string;
  clientId: string;
  askedAt: Date;
  /** Null when no member of staff asked. */
  askedBy: string | null;
}

export const CaseApprovalEntity = new EntitySchema<CaseApproval>({
  name: 'CaseApproval',
  tableName: 'case_approval',
  columns: {
    caseId: { type: 'uuid', primary: true, name: 'case_id' },
    clientId: { type: 'uuid', name: 'client_id' },
    askedAt: { type: 'timestamptz', name: 'asked_at' },
    askedBy: { type: 'uuid', name: 'asked_by', nullable: true },
  },
});
