import { caseClosed, caseFacts } from '@throughline/events';
import { defineProjection, on } from '@throughline/messaging';
import type { EntityManager } from 'typeorm';
import { CaseApprovalEntity } from './case-approval.entity.ts';

/** Who asked is the one who acted. */
const onCloseAsked = on(caseFacts.closeAsked, async (tx, { caseId, clientId }, { occurredAt, cause }) => {
  const askedBy = cause.actor.kind === 'STAFF' ? cause.actor.id : null;
  const row = { caseId, clientId, askedAt: occurredAt, askedBy };
  await tx.upsert(CaseApprovalEntity, row, ['caseId']);
});

const settle = async (tx: EntityManager, { caseId }: { caseId: string }) => {
  await tx.delete(CaseApprovalEntity, { caseId });
};

/** What a supervisor decides in the clients service stands in one list with what is decided here. */
export const caseApprovalProjection = defineProjection({
  concern: 'view',
  name: 'case-approvals',
  tables: ['case_approval'],
  reactions: [
    onCloseAsked,
    on(caseFacts.closeRefused, settle),
    on(caseFacts.enteredInError, settle),
    on(caseClosed, settle),
  ],
});
