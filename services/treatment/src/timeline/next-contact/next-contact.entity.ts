import { EntitySchema } from 'typeorm';

/** Copy of when the next contact of a case, or its review, is due. A case that waits for none has no row. */
export interface NextContact {
  caseId: string;
  clientId: string;
  dueAt: Date;
}

export const NextContactEntity = new EntitySchema<NextContact>({
  name: 'NextContact',
  tableName: 'next_contact',
  columns: {
    caseId: { type: 'uuid', primary: true, name: 'case_id' },
    clientId: { type: 'uuid', name: 'client_id' },
    dueAt: { type: 'timestamptz', name: 'due_at' },
  },
});
