import { nextContactMoved } from '@throughline/events';
import { defineProjection, on } from '@throughline/messaging';
import { NextContactEntity } from './next-contact.entity.ts';

const onNextContactMoved = on(nextContactMoved, async (tx, { caseId, clientId, dueAt }) => {
  if (dueAt === null) await tx.delete(NextContactEntity, { caseId });
  else await tx.upsert(NextContactEntity, { caseId, clientId, dueAt: new Date(dueAt) }, ['caseId']);
});

/** Contacts that are due stand in the day of a person, in one order with everything else. */
export const nextContactProjection = defineProjection({
  concern: 'view',
  name: 'next-contacts',
  tables: ['next_contact'],
  reactions: [onNextContactMoved],
});
