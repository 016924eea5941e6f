import {
  carePlanActivated,
  caseManagerAssigned,
  contactLogged,
  crisisAcknowledged,
  referralFacts,
} from '@throughline/events';
import { on, type Reaction, type Received } from '@throughline/messaging';
import type { EntityManager } from 'typeorm';
import { DeedEntity } from './deed.entity.ts';
import type { Deed } from './recap.ts';

/** Remembers what a person did, for nobody but this person. A fact that comes again changes nothing. */
export function onWork(): Reaction[] {
  return [
    on(referralFacts.completed, (tx, { referralId: subjectId, caseManagerId: staffId }, received) =>
      keep(tx, received, { kind: 'LOOP_CLOSED', subjectId, staffId }),
    ),
    on(contactLogged, (tx, { contactId: subjectId }, received) =>
      keep(tx, received, { kind: 'CONTACT_MADE', subjectId, staffId: actorOf(received) }),
    ),
    on(carePlanActivated, (tx, { carePlanId: subjectId }, received) =>
      keep(tx, received, { kind: 'PLAN_STARTED', subjectId, staffId: actorOf(received) }),
    ),
    on(crisisAcknowledged, (tx, { alertId: subjectId, acknowledgedBy: staffId }, received) =>
      keep(tx, received, { kind: 'CRISIS_TAKEN_OVER', subjectId, staffId }),
    ),
    on(caseManagerAssigned, (tx, { caseId: subjectId, caseManagerId: staffId }, received) =>
      keep(tx, received, { kind: 'PERSON_WELCOMED', subjectId, staffId }),
    ),
  ];
}

function actorOf({ cause }: Received): string | null {
  return cause.actor.kind === 'STAFF' ? cause.actor.id : null;
}

async function keep(
  tx: EntityManager,
  { occurredAt: doneAt }: Received,
  { staffId, ...deed }: Omit<Deed, 'staffId' | 'doneAt'> & { staffId: string | null },
): Promise<void> {
  if (!staffId) return;
  const row: Deed = { ...deed, staffId, doneAt };
  await tx.createQueryBuilder().insert().into(DeedEntity).values(row).orIgnore().execute();
}
